package io.carabiner.config;

import io.carabiner.primitives.ChainId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a chain's own nature sets differently from the common defaults: one small file for each known chain id, or the
 * operator's own files from {@code CL_CHAIN_DEFAULTS} in place of all of them.
 */
final class ChainDefaults {

    static final String FOLDER_VARIABLE = "CL_CHAIN_DEFAULTS";

    private static final String FALLBACK_FILE = "fallback.toml";

    private final Optional<Map<ChainId, Section>> own;
    private final Section fallback;

    private ChainDefaults(Optional<Map<ChainId, Section>> own, Section fallback) {
        this.own = own;
        this.fallback = fallback;
    }

    static ChainDefaults of(Map<String, String> env) {
        String folder = env.getOrDefault(FOLDER_VARIABLE, "");
        return folder.isEmpty() ? builtIn() : fromFolder(Path.of(folder));
    }

    static ChainDefaults builtIn() {
        return new ChainDefaults(Optional.empty(), Section.defaults(schema()));
    }

    private static Schema.Table schema() {
        if (Schema.CONFIG.root().find("EVM").orElseThrow() instanceof Schema.ListItem list) {
            return list.table();
        }
        throw new IllegalStateException("EVM is not a list");
    }

    /** The common defaults with those of this chain laid over them; may be changed. */
    Section forChain(Optional<ChainId> id) {
        Section section = fallback.copy();
        id.flatMap(this::known).ifPresent(section::overlay);
        return section;
    }

    /** What is set for this chain alone; empty for a chain nobody knows. */
    Optional<Section> known(ChainId id) {
        return own.map(chains -> Optional.ofNullable(chains.get(id))).orElseGet(() -> resource(id));
    }

    private static Optional<Section> resource(ChainId id) {
        String name = "chains/" + id + ".toml";
        try (InputStream stream = ChainDefaults.class.getResourceAsStream(name)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(decoded(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("the built-in defaults " + name + " cannot be read", e);
        }
    }

    private static Section decoded(String name, String toml) {
        var reader = new TomlReader(name, false);
        Section section = reader.read(toml, schema());
        if (!reader.faults().isEmpty()) {
            throw new ConfigException(
                    "failed to decode chain defaults TOML: " + reader.faults().getFirst(), reader.faults());
        }
        section.values().replaceAll((_, value) -> new Section.Value(value.value(), Optional.empty()));
        return section;
    }

    private static ChainDefaults fromFolder(Path folder) {
        Section fallback = Section.defaults(schema());
        var chains = new HashMap<ChainId, Section>();
        for (Path file : files(folder)) {
            Section section = decoded(file.toString(), text(file));
            if (String.valueOf(file.getFileName()).equals(FALLBACK_FILE)) {
                fallback.overlay(section);
                continue;
            }
            ChainId id = section.value("ChainID", ChainId.class)
                    .orElseThrow(
                            () -> refused(file + " has no ChainID: every file but " + FALLBACK_FILE + " needs one"));
            if (chains.put(id, section) != null) {
                throw refused(file + " contains duplicate ChainID " + id);
            }
        }
        return new ChainDefaults(Optional.of(chains), fallback);
    }

    private static List<Path> files(Path folder) {
        var files = new ArrayList<Path>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.resolve("evm"), "*.toml")) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw refused(folder.resolve("evm") + " is not a folder that can be read: point it at one that holds evm/");
        }
        files.sort(null);
        return files;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw refused(file + " cannot be read");
        }
    }

    private static ConfigException refused(String reason) {
        String message = FOLDER_VARIABLE + ": " + reason;
        return new ConfigException(message, List.of(new ConfigFault(FOLDER_VARIABLE, reason, Optional.empty())));
    }
}
