package io.carabiner.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Key files and the files with their passwords. Stateless. */
final class KeyFiles {

    private KeyFiles() {}

    /** A password without what stands around it. */
    static String password(Invocation call, String file) {
        try {
            return Files.readString(call.surroundings().resolve(file), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            throw CliException.failed("Could not read password file: " + OwnerFiles.describe("open", file, e));
        }
    }

    static String read(Invocation call, String file) {
        try {
            return Files.readString(call.surroundings().resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CliException.failed(OwnerFiles.describe("open", file, e));
        }
    }

    /** Writes an exported key into a file for its owner only. */
    static void store(Invocation call, Answer answer, String target) {
        if (answer.isRefused()) {
            throw CliException.failed("error exporting: " + answer.statusAndBody());
        }
        try {
            OwnerFiles.write(call.surroundings().resolve(target), answer.body().toArray());
        } catch (IOException e) {
            throw CliException.failed("Could not write " + target + ": " + OwnerFiles.describe("open", target, e));
        }
    }
}
