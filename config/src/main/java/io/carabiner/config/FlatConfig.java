package io.carabiner.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A section as a list of keys with their whole paths, in the order of the documentation. An entry of a list is named by
 * what tells it apart: {@code EVM[1337].Nodes[primary].HTTPURL}. Pure.
 */
final class FlatConfig {

    /**
     * A key at its place.
     *
     * @param shown the value as TOML
     */
    record Leaf(ConfigKey key, Section.Value value, String shown) {}

    private static final List<String> NAMES = List.of("ChainID", "Name", "Key", "ID");

    private final Map<String, Leaf> leaves = new LinkedHashMap<>();

    private FlatConfig() {}

    static Map<String, Leaf> of(Section section) {
        FlatConfig flat = new FlatConfig();
        flat.add(section, "");
        return flat.leaves;
    }

    private void add(Section section, String path) {
        for (Schema.Item item : section.schema().items()) {
            switch (item) {
                case Schema.KeyItem(ConfigKey key) -> addKey(section, path, key);
                case Schema.TableItem(String name, Schema.Table _)
                when name.equals("*") -> section.sections().forEach((chosen, below) -> add(below, join(path, chosen)));
                case Schema.TableItem(String name, Schema.Table _) ->
                    Optional.ofNullable(section.sections().get(name)).ifPresent(below -> add(below, join(path, name)));
                case Schema.ListItem list -> addEntries(section.list(list.name()), join(path, list.name()));
            }
        }
    }

    private void addKey(Section section, String path, ConfigKey key) {
        if (section.schema().free()) {
            section.values()
                    .forEach((name, value) -> leaves.put(
                            join(path, name),
                            new Leaf(key, value, TomlPrinter.quote(value.value().toString()))));
            return;
        }
        Section.Value value = section.values().get(key.name());
        if (value != null && key.type().javaType() != Object.class) {
            leaves.put(
                    join(path, key.name()),
                    new Leaf(key, value, key.type().printer().apply(value.value())));
        }
    }

    private void addEntries(List<Section> entries, String path) {
        for (int i = 0; i < entries.size(); i++) {
            Section entry = entries.get(i);
            String name = NAMES.stream()
                    .flatMap(key -> Optional.ofNullable(entry.values().get(key)).stream())
                    .map(value -> value.value().toString())
                    .findFirst()
                    .orElse(String.valueOf(i));
            add(entry, path + "[" + name + "]");
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
