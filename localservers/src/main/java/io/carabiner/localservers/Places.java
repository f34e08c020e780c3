package io.carabiner.localservers;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where files go that are not in the folder a caller names. */
final class Places {

    /** For root, whose own home is closed to the account that PostgreSQL runs under. */
    static final Path SYSTEM = Path.of("/var/lib/carabiner");

    private Places() {}

    /** This user's cache, as the XDG base directory specification says. */
    static Path userCache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        return (xdg != null && xdg.startsWith("/") ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("carabiner");
    }

    /** The place that stands in for a folder which the account cannot enter. */
    static Path standIn(Path folder) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(folder.toString().getBytes(StandardCharsets.UTF_8));
            return SYSTEM.resolve("data-" + HexFormat.of().formatHex(digest, 0, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
