package io.carabiner.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a command touches besides the network, so that a test can stand in for it. Immutable.
 *
 * @param out what the command prints
 * @param err why it failed
 * @param in what is typed or piped
 * @param terminal where passwords are typed
 * @param environment the variables
 * @param directory where relative paths start
 * @param cacheFolder where programs of this user keep what can be lost
 */
public record Surroundings(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Terminal terminal,
        Map<String, String> environment,
        Path directory,
        Path cacheFolder) {

    /** Those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                System.out,
                System.err,
                System.in,
                Terminal.ofProcess(),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                cacheFolder(
                        System.getProperty("os.name", ""),
                        System.getenv(),
                        Path.of(System.getProperty("user.home", "."))));
    }

    /** A path as typed. */
    public Path resolve(String path) {
        return directory.resolve(path);
    }

    /** A variable that is set to something. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** As Go's os.UserCacheDir. */
    static Path cacheFolder(String operatingSystem, Map<String, String> environment, Path home) {
        String system = operatingSystem.toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return home.resolve("Library/Caches");
        }
        String variable = system.contains("windows") ? "LocalAppData" : "XDG_CACHE_HOME";
        String folder = environment.getOrDefault(variable, "");
        return folder.isEmpty() ? home.resolve(".cache") : Path.of(folder);
    }
}
