package io.carabiner.config;

import io.carabiner.config.ConfigFault.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/** Reads one file into a section, collecting everything in it that cannot be taken. */
final class TomlReader {

    private final String file;
    private final boolean secret;
    private final List<ConfigFault> faults = new ArrayList<>();

    /**
     * @param file the name in the messages
     * @param secret whether nothing of the file's text may be repeated
     */
    TomlReader(String file, boolean secret) {
        this.file = file;
        this.secret = secret;
    }

    /** What could be taken; the rest is in {@link #faults}. */
    Section read(String toml, Schema.Table schema) {
        var section = new Section(schema, Optional.of(new Position(file, 1, 1)));
        TomlParseResult result = Toml.parse(toml, TomlVersion.V1_0_0);
        for (TomlParseError error : result.errors()) {
            String message = secret ? "this is not valid TOML" : String.valueOf(error.getMessage());
            faults.add(new ConfigFault("", message, Optional.of(at(error.position()))));
        }
        if (!result.hasErrors()) {
            fill(section, result, "");
        }
        return section;
    }

    /** Everything that was wrong, from the top of the file to its end. */
    List<ConfigFault> faults() {
        return faults.stream()
                .sorted(Comparator.comparing(
                        fault -> fault.position().orElseThrow(),
                        Comparator.comparingInt(Position::line).thenComparingInt(Position::column)))
                .toList();
    }

    private Position at(TomlPosition position) {
        return new Position(file, position.line(), position.column());
    }

    private Position positionOf(TomlTable table, String name) {
        TomlPosition position = table.inputPositionOf(List.of(name));
        return position == null ? new Position(file, 1, 1) : at(position);
    }

    private void fill(Section section, TomlTable table, String path) {
        for (String name : table.keySet()) {
            Object toml = Objects.requireNonNull(table.get(List.of(name)));
            Position position = positionOf(table, name);
            Optional<Schema.Item> item = section.schema().find(name);
            if (item.isEmpty()) {
                unknown(section.schema(), path, name, toml, position);
            } else {
                take(section, item.get(), canonical(section.schema(), item.get(), name), toml, path, position);
            }
        }
    }

    private static String canonical(Schema.Table schema, Schema.Item item, String name) {
        return schema.free() ? name : item.name();
    }

    private void take(Section section, Schema.Item item, String name, Object toml, String path, Position position) {
        String own = path.isEmpty() ? name : path + "." + name;
        switch (item) {
            case Schema.KeyItem(ConfigKey key) -> takeValue(section, key, name, toml, own, position);
            case Schema.TableItem below
            when toml instanceof TomlTable inner ->
                fill(section.child(name, below.table(), Optional.of(position)), inner, own);
            case Schema.ListItem list
            when toml instanceof TomlArray entries -> takeList(section, name, list.table(), entries, own);
            case Schema.TableItem _, Schema.ListItem _ ->
                fault(own, "expected a section, got a TOML " + KeyType.kindOf(toml), position);
        }
    }

    private void takeList(Section section, String name, Schema.Table table, TomlArray entries, String path) {
        for (int i = 0; i < entries.size(); i++) {
            TomlPosition at = entries.inputPositionOf(i);
            Position position = at == null ? new Position(file, 1, 1) : at(at);
            if (entries.get(i) instanceof TomlTable inner) {
                var entry = new Section(table, Optional.of(position));
                section.add(name, entry);
                fill(entry, inner, path + "." + i);
            } else {
                fault(path + "." + i, "expected a section, got a TOML " + KeyType.kindOf(entries.get(i)), position);
            }
        }
    }

    private void takeValue(Section section, ConfigKey key, String name, Object toml, String path, Position position) {
        if (section.values().containsKey(name)) {
            fault(path, "key " + name + " is already defined", position);
            return;
        }
        try {
            section.put(name, new Section.Value(key.type().parser().parse(toml), Optional.of(position)));
        } catch (BadValueException e) {
            fault(path, explained(key, section.schema(), e), position);
        }
    }

    private static String explained(ConfigKey key, Schema.Table schema, BadValueException fault) {
        String message = String.valueOf(fault.getMessage());
        if (!message.startsWith("cannot decode TOML ")) {
            return message;
        }
        String path = schema.path();
        String struct = path.isEmpty() ? "Core" : path.substring(path.lastIndexOf('.') + 1);
        return message + " into struct field toml." + struct + "." + key.name() + " of type "
                + key.type().goType();
    }

    private void unknown(Schema.Table schema, String path, String name, Object toml, Position position) {
        String kind = toml instanceof TomlTable || isSections(toml) ? "table" : "field";
        String hint = Spelling.nearest(name, schema.names())
                .map(known -> "; did you mean " + known + "?")
                .orElse("");
        fault(
                path.isEmpty() ? name : path + "." + name,
                "missing " + kind + ": there is no such " + (kind.equals("table") ? "section" : "key") + hint,
                position);
    }

    private static boolean isSections(Object toml) {
        return toml instanceof TomlArray array && !array.isEmpty() && array.get(0) instanceof TomlTable;
    }

    private void fault(String path, String message, Position position) {
        faults.add(new ConfigFault(path, message, Optional.of(position)));
    }
}
