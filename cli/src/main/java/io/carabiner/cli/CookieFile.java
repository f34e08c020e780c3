package io.carabiner.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The session of the last login, kept where the Go node's command line keeps it, so that both share a login:
 * {@code chainlink/cookies/cookie} in the user's cache folder, for its owner only.
 */
final class CookieFile {

    private static final String NO_COOKIE = "Cookie not in file, you must first login through the CLI";

    private final Path folder;
    private final Path file;

    CookieFile(Surroundings surroundings) {
        this.folder = surroundings.cacheFolder().resolve("chainlink/cookies");
        this.file = folder.resolve("cookie");
    }

    /**
     * The cookie to send; nothing if nobody ever logged in.
     *
     * @throws CliException if there was a login and then a logout
     */
    Optional<String> read() {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (!text.contains("=")) {
                throw CliException.failed(NO_COOKIE);
            }
            return Optional.of(text.split(";", 2)[0]);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw CliException.failed(OwnerFiles.describe("open", file.toString(), e));
        }
    }

    /** Keeps what the node set. */
    void write(String setCookie) {
        try {
            OwnerFiles.createFolder(folder);
            OwnerFiles.write(file, setCookie.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw CliException.failed(OwnerFiles.describe("open", file.toString(), e));
        }
    }

    /** Forgets the session; an empty file stays. */
    void clear() {
        write("");
    }
}
