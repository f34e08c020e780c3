package io.carabiner.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who logs in.
 *
 * @param email the API user
 * @param password never printed
 */
record Credentials(String email, String password) {

    /**
     * A file with the mail address in its first line and the password in its second; a missing second line is an empty
     * password, as for the Go node.
     *
     * @throws CliException if it cannot be read
     */
    static Credentials read(Path folder, String file) {
        try {
            return of(folder.resolve(file));
        } catch (IOException e) {
            throw CliException.failed(OwnerFiles.describe("open", file, e));
        }
    }

    /** The same; nothing if there is no such file. */
    static Optional<Credentials> readIfThere(Path folder, String file) {
        try {
            return Optional.of(of(folder.resolve(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw CliException.failed(OwnerFiles.describe("open", file, e));
        }
    }

    private static Credentials of(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        return new Credentials(line(lines, 0), line(lines, 1));
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index).strip() : "";
    }

    /** The user without the password. */
    @Override
    public String toString() {
        return "Credentials[email=" + email + ", password=*****]";
    }
}
