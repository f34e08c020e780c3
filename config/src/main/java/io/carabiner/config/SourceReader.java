package io.carabiner.config;

import io.carabiner.config.ConfigFault.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads and merges all sources; collects what cannot be read or decoded, and then refuses. */
final class SourceReader {

    static final String CONFIG_VARIABLE = "CL_CONFIG";

    private static final String SAME_SECRET_TWICE =
            "overrides (duplicate keys or list elements) are not allowed for multiple secrets files";
    /** The variables that win over the secrets files. */
    private static final Map<String, String> SECRET_VARIABLES = new TreeMap<>(Map.of(
            "CL_DATABASE_URL", "Database.URL",
            "CL_DATABASE_BACKUP_URL", "Database.BackupURL",
            "CL_DATABASE_ALLOW_SIMPLE_PASSWORDS", "Database.AllowSimplePasswords",
            "CL_PASSWORD_KEYSTORE", "Password.Keystore",
            "CL_PASSWORD_VRF", "Password.VRF",
            "CL_PYROSCOPE_AUTH_TOKEN", "Pyroscope.AuthToken",
            "CL_PROMETHEUS_AUTH_TOKEN", "Prometheus.AuthToken",
            "CL_THRESHOLD_KEY_SHARE", "Threshold.ThresholdKeyShare"));

    private final ConfigSources sources;
    private final List<String> messages = new ArrayList<>();
    private final List<ConfigFault> faults = new ArrayList<>();

    SourceReader(ConfigSources sources) {
        this.sources = sources;
    }

    /**
     * What the operator set, merged.
     *
     * @param legacy what the variables of version 1 came to, where they took the place of files
     */
    record Input(Section config, Section secrets, Faults duplicates, Optional<LegacyEnvironment.Translation> legacy) {

        /** What an operator of version 1 must know. */
        List<String> notes() {
            return legacy.map(LegacyEnvironment.Translation::notes).orElse(List.of());
        }
    }

    /**
     * Reads everything.
     *
     * @throws ConfigException with all that could not be read or decoded
     */
    Input read() {
        var duplicates = new Faults("invalid configuration");
        Optional<LegacyEnvironment.Translation> legacy = legacy();
        Section config = legacy.map(LegacyEnvironment.Translation::config).orElseGet(() -> config(duplicates));
        Section secrets = secrets(legacy);
        if (!messages.isEmpty()) {
            throw new ConfigException(String.join("\n", messages), faults);
        }
        return new Input(config, secrets, duplicates, legacy);
    }

    private Optional<LegacyEnvironment.Translation> legacy() {
        if (!LegacyEnvironment.rules(sources)) {
            return Optional.empty();
        }
        LegacyEnvironment.Translation translation = LegacyEnvironment.translate(sources.env());
        if (!translation.faults().isEmpty()) {
            messages.add("invalid environment:\n\t- "
                    + translation.faults().stream().map(SourceReader::line).collect(Collectors.joining("\n\t- ")));
            faults.addAll(translation.faults());
        }
        return Optional.of(translation);
    }

    private Section config(Faults duplicates) {
        var merged = new Section(Schema.CONFIG.root(), Optional.empty());
        var decoding = new ArrayList<ConfigFault>();
        for (Path file : sources.configFiles()) {
            text(file, "config").ifPresent(text -> overlay(merged, file.toString(), text, decoding, duplicates));
        }
        String inline = sources.env().getOrDefault(CONFIG_VARIABLE, "");
        overlay(merged, CONFIG_VARIABLE, inline, decoding, duplicates);
        refuse("config", decoding);
        return merged;
    }

    private static void overlay(
            Section merged, String name, String text, List<ConfigFault> decoding, Faults duplicates) {
        var reader = new TomlReader(name, false);
        Section section = reader.read(text, Schema.CONFIG.root());
        decoding.addAll(reader.faults());
        Duplicates.find(section, duplicates);
        merged.overlay(section);
    }

    private Section secrets(Optional<LegacyEnvironment.Translation> legacy) {
        Section merged = Section.defaults(Schema.SECRETS.root());
        legacy.ifPresent(translation -> merged.overlay(translation.secrets()));
        var decoding = new ArrayList<ConfigFault>();
        var twice = new Faults("invalid secrets");
        for (Path file : sources.secretsFiles()) {
            text(file, "secrets").ifPresent(text -> {
                var reader = new TomlReader(file.toString(), true);
                Section section = reader.read(text, Schema.SECRETS.root());
                decoding.addAll(reader.faults());
                findTwice(merged, section, "", twice);
                merged.overlay(section);
            });
        }
        SECRET_VARIABLES.forEach((variable, path) -> variable(merged, variable, path, decoding));
        sources.passwordFile().ifPresent(file -> password(merged, file, "Keystore"));
        sources.vrfPasswordFile().ifPresent(file -> password(merged, file, "VRF"));
        refuse("secrets", decoding);
        if (!twice.none()) {
            messages.add(twice.text());
            faults.addAll(twice.all());
        }
        return merged;
    }

    private static void findTwice(Section merged, Section added, String path, Faults twice) {
        added.values().forEach((name, value) -> {
            Section.Value before = merged.values().get(name);
            if (before != null && before.position().isPresent()) {
                twice.add(List.of(), path + name, SAME_SECRET_TWICE, value.position());
            }
        });
        merged.sections().forEach((name, before) -> {
            Section section = added.sections().get(name);
            if (section != null) {
                findTwice(before, section, path + name + ".", twice);
            }
        });
        added.lists().forEach((name, entries) -> {
            if (!merged.list(name).isEmpty()) {
                twice.add(
                        List.of(),
                        path + name,
                        SAME_SECRET_TWICE,
                        entries.getFirst().position());
            }
        });
    }

    private void variable(Section secrets, String variable, String path, List<ConfigFault> decoding) {
        String text = sources.env().getOrDefault(variable, "");
        if (text.isEmpty()) {
            return;
        }
        int dot = path.indexOf('.');
        Section section = Objects.requireNonNull(secrets.sections().get(path.substring(0, dot)));
        if (section.schema().find(path.substring(dot + 1)).orElseThrow() instanceof Schema.KeyItem(ConfigKey key)) {
            var position = Optional.of(new Position(variable, 1, 1));
            try {
                Object toml = key.type().javaType() == Boolean.class ? LegacyValue.truth(text) : text;
                section.put(key.name(), new Section.Value(key.type().parser().parse(toml), position));
            } catch (BadValueException e) {
                decoding.add(new ConfigFault(path, String.valueOf(e.getMessage()), position));
            }
        }
    }

    private void password(Section secrets, Path file, String name) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            String password = text.replaceFirst("\\r?\\n\\z", "");
            if (password.isBlank()) {
                refuse(
                        "the password file " + file + " is empty: write the password into it, on one line",
                        "Password." + name);
            }
            var position = Optional.of(new Position(file.toString(), 1, 1));
            Objects.requireNonNull(secrets.sections().get("Password"))
                    .put(name, new Section.Value(Secret.of(password), position));
        } catch (IOException e) {
            refuse("failed to read password from file: " + reason(file, e), "Password." + name);
        }
    }

    private Optional<String> text(Path file, String kind) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            refuse("failed to read " + kind + " file: " + file + ": " + reason(file, e), "");
            return Optional.empty();
        }
    }

    /** In the words of the Go node, which some scripts look for. */
    private static String reason(Path file, IOException fault) {
        if (fault instanceof NoSuchFileException) {
            return "open " + file + ": no such file or directory";
        }
        if (fault instanceof java.nio.file.AccessDeniedException) {
            return "open " + file + ": permission denied";
        }
        return Files.isDirectory(file)
                ? "read " + file + ": is a directory"
                : "open " + file + ": it cannot be read as UTF-8 text";
    }

    private void refuse(String message, String path) {
        messages.add(message);
        faults.add(new ConfigFault(path, message, Optional.empty()));
    }

    private void refuse(String kind, List<ConfigFault> decoding) {
        if (decoding.isEmpty()) {
            return;
        }
        String start = "failed to decode " + kind + " TOML: ";
        List<String> lines = decoding.stream().map(SourceReader::line).toList();
        messages.add(
                lines.size() == 1
                        ? start + lines.getFirst()
                        : start + lines.size() + " errors:\n\t- " + String.join("\n\t- ", lines));
        faults.addAll(decoding);
    }

    private static String line(ConfigFault fault) {
        String where = fault.position().map(position -> position + ": ").orElse("");
        return where + (fault.path().isEmpty() ? "" : fault.path() + ": ") + fault.message();
    }
}
