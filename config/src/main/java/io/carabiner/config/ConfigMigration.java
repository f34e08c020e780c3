package io.carabiner.config;

import java.util.List;
import java.util.Map;

/**
 * What the environment of a node of version 1 comes to as files.
 *
 * @param config the configuration file
 * @param secrets the secrets file, with the secrets in it: write it where only the owner can read it
 * @param notes variables that do nothing any more, a sentence each
 */
public record ConfigMigration(String config, String secrets, List<String> notes) {

    /** Copies the list. */
    public ConfigMigration {
        notes = List.copyOf(notes);
    }

    /**
     * Translates the variables; defaults are left out.
     *
     * @throws ConfigException with every variable that cannot be read
     */
    public static ConfigMigration of(Map<String, String> env) {
        ConfigSources sources = ConfigSources.of(List.of(), List.of(), env);
        if (!LegacyEnvironment.rules(sources)) {
            throw new ConfigException(
                    "the environment has no variables of version 1, such as DATABASE_URL, ETH_CHAIN_ID and ETH_URL:"
                            + " load the old file first, for example with `set -a; . ./.env; set +a`",
                    List.of());
        }
        SourceReader.Input input = new SourceReader(sources).read();
        StringBuilder secrets = new StringBuilder();
        input.legacy().ifPresent(translation -> reveal(translation.secrets(), secrets));
        return new ConfigMigration(TomlPrinter.set(input.config()), secrets.toString(), input.notes());
    }

    private static void reveal(Section secrets, StringBuilder out) {
        secrets.sections().forEach((name, section) -> {
            out.append(out.isEmpty() ? "" : "\n").append('[').append(name).append("]\n");
            section.values().forEach((key, value) -> out.append(key)
                    .append(" = ")
                    .append(
                            value.value() instanceof Secret secret
                                    ? TomlPrinter.quote(secret.reveal())
                                    : value.value().toString())
                    .append('\n'));
        });
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "ConfigMigration[" + config.lines().count() + " lines, " + notes.size() + " notes]";
    }
}
