package io.carabiner.localservers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The program anvil: in this user's cache, fetched by npm the first time. */
final class AnvilProgram {

    static final String VERSION = "1.7.1";

    private static final int INSTALL_SECONDS = 600;
    private static final List<String> FILES = List.of("install.sh", "package.json", "package-lock.json");

    private AnvilProgram() {}

    /** Where it is, after fetching it where needed. {@code CARABINER_ANVIL} names another one. */
    static Path find() {
        String named = System.getenv("CARABINER_ANVIL");
        return named == null || named.isEmpty() ? cached(Places.userCache()) : checked(Path.of(named));
    }

    static boolean isThere() {
        String named = System.getenv("CARABINER_ANVIL");
        return (named != null && !named.isEmpty()) || Files.isExecutable(place(Places.userCache()));
    }

    private static Path place(Path cache) {
        return cache.resolve("anvil-" + VERSION).resolve("anvil");
    }

    static Path cached(Path cache) {
        Path program = place(cache);
        if (!Files.isExecutable(program)) {
            install(cache);
        }
        return program;
    }

    private static Path checked(Path program) {
        if (!Files.isExecutable(program)) {
            throw new LocalServerException(
                    "ANVIL_MISSING",
                    "CARABINER_ANVIL names " + program + ", which is no program: correct or unset it.");
        }
        return program;
    }

    private static void install(Path cache) {
        try {
            Path folder = Files.createTempDirectory("carabiner-anvil-");
            try {
                for (String name : FILES) {
                    copy(name, folder);
                }
                Commands.Result result = Commands.run(
                        List.of("sh", folder.resolve("install.sh").toString(), cache.toString()),
                        folder,
                        INSTALL_SECONDS);
                if (!result.succeeded()) {
                    throw new LocalServerException("ANVIL_MISSING", result.output());
                }
            } finally {
                PrivateFiles.remove(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(String name, Path folder) throws IOException {
        try (InputStream resource = AnvilProgram.class.getResourceAsStream("anvil/" + name)) {
            if (resource == null) {
                throw new IllegalStateException("anvil/" + name + " is not in the program");
            }
            Files.copy(resource, folder.resolve(name));
        }
    }
}
