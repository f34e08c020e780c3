package io.carabiner.config;

import io.carabiner.config.ConfigFault.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of one section while a configuration is put together. Changed by one thread, until the configuration is
 * made from it.
 */
final class Section {

    /** A value and where it was set; defaults stand nowhere. */
    record Value(Object value, Optional<Position> position) {}

    private final Schema.Table schema;
    private final Optional<Position> position;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final Map<String, List<Section>> lists = new LinkedHashMap<>();

    Section(Schema.Table schema, Optional<Position> position) {
        this.schema = schema;
        this.position = position;
    }

    /** Defaults for every section and key; lists are empty. */
    static Section defaults(Schema.Table schema) {
        var section = new Section(schema, Optional.empty());
        for (Schema.Item item : schema.items()) {
            switch (item) {
                case Schema.KeyItem(ConfigKey key)
                when key.printed() ->
                    key.defaultValue().ifPresent(value -> section.put(key.name(), new Value(value, Optional.empty())));
                case Schema.TableItem(String name, Schema.Table table)
                when !name.equals("*") -> section.sections.put(name, defaults(table));
                case Schema.KeyItem _, Schema.TableItem _, Schema.ListItem _ -> {}
            }
        }
        return section;
    }

    Schema.Table schema() {
        return schema;
    }

    Optional<Position> position() {
        return position;
    }

    Map<String, Value> values() {
        return values;
    }

    Map<String, Section> sections() {
        return sections;
    }

    /** The entries of a list; none if the list is not set. */
    List<Section> list(String name) {
        return lists.getOrDefault(name, List.of());
    }

    Map<String, List<Section>> lists() {
        return lists;
    }

    void put(String name, Value value) {
        values.put(name, value);
    }

    void add(String name, Section entry) {
        lists.computeIfAbsent(name, _ -> new ArrayList<>()).add(entry);
    }

    /** The section with this name, made if it is not there yet. */
    Section child(String name, Schema.Table table, Optional<Position> where) {
        return sections.computeIfAbsent(name, _ -> new Section(table, where));
    }

    /** The value under a path of names from here, if it is set and no empty text. */
    <T> Optional<T> value(String path, Class<T> type) {
        return find(path).map(value -> type.cast(value.value()));
    }

    /** Where the value under this path was set, or else the section that should hold it. */
    Optional<Position> positionOf(String path) {
        return find(path)
                .flatMap(Value::position)
                .or(() -> section(path).flatMap(Section::position))
                .or(() -> position);
    }

    private Optional<Section> section(String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return Optional.of(this);
        }
        return Optional.ofNullable(sections.get(path.substring(0, dot)))
                .flatMap(child -> child.section(path.substring(dot + 1)));
    }

    private Optional<Value> find(String path) {
        return section(path).map(holder -> holder.values.get(path.substring(path.lastIndexOf('.') + 1)));
    }

    boolean empty() {
        return values.isEmpty() && lists.isEmpty() && sections.values().stream().allMatch(Section::empty);
    }

    /** Lays another section over this one: its values win, lists are merged by their key or replaced. */
    void overlay(Section over) {
        values.putAll(over.values);
        over.sections.forEach(
                (name, section) -> child(name, section.schema, section.position).overlay(section));
        over.lists.forEach((name, entries) -> overlayList(name, entries));
    }

    private void overlayList(String name, List<Section> entries) {
        Optional<String> key = schema.find(name)
                .flatMap(item -> item instanceof Schema.ListItem list ? list.mergeKey() : Optional.empty());
        if (key.isEmpty()) {
            lists.put(name, new ArrayList<>(entries));
            return;
        }
        List<Section> before = List.copyOf(list(name));
        for (Section entry : entries) {
            before.stream()
                    .filter(old -> entry.sameKey(old, key.get()))
                    .findFirst()
                    .ifPresentOrElse(old -> old.overlay(entry), () -> add(name, entry.copy()));
        }
    }

    private boolean sameKey(Section other, String key) {
        Optional<Object> own = value(key, Object.class);
        return own.isPresent() && own.equals(other.value(key, Object.class));
    }

    /** A copy that can be changed on its own. */
    Section copy() {
        var copy = new Section(schema, position);
        copy.values.putAll(values);
        sections.forEach((name, section) -> copy.sections.put(name, section.copy()));
        lists.forEach((name, entries) -> copy.lists.put(
                name, new ArrayList<>(entries.stream().map(Section::copy).toList())));
        return copy;
    }
}
