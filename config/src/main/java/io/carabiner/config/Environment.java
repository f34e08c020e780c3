package io.carabiner.config;

import io.carabiner.config.ConfigFault.Position;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Variables of the environment that only old nodes read: one that is still set would silently do nothing. */
final class Environment {

    private Environment() {}

    static void check(Map<String, String> env, Faults faults) {
        for (String name : legacyVariables()) {
            if (env.containsKey(name)) {
                faults.add(
                        List.of(),
                        "environment variable " + name + " must not be set",
                        "unsupported with config v2",
                        Optional.of(new Position(name, 1, 1)));
            }
        }
    }

    static List<String> legacyVariables() {
        try (InputStream stream = Objects.requireNonNull(
                Environment.class.getResourceAsStream("legacy-variables.txt"),
                "legacy-variables.txt is not packaged")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("legacy-variables.txt cannot be read", e);
        }
    }
}
