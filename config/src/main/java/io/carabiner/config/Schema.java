package io.carabiner.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The shape that the table of keys gives to a file: sections, lists of sections, and keys. */
final class Schema {

    /** The key by which entries of a list in a later file are laid over those of an earlier one. */
    private static final Map<String, String> MERGE_KEYS = Map.of(
            "EVM", "ChainID", "EVM.Nodes", "Name", "EVM.KeySpecific", "Key", CarabinerKeys.ROOT + ".EVM", "ChainID");

    static final Schema CONFIG = new Schema(ConfigKeys.all());
    static final Schema SECRETS = new Schema(ConfigKeys.secrets());

    private final Table root = new Table("");

    private Schema(List<ConfigKey> keys) {
        keys.forEach(key -> root.add(List.of(key.path().split("\\.")), key));
    }

    Table root() {
        return root;
    }

    /** The key at this path, if there is one and no list is on the way. */
    Optional<ConfigKey> key(String path) {
        Table table = root;
        List<String> steps = List.of(path.split("\\."));
        for (String step : steps.subList(0, steps.size() - 1)) {
            if (!(table.find(step).orElse(null) instanceof TableItem below)) {
                return Optional.empty();
            }
            table = below.table();
        }
        return table.find(steps.getLast())
                .flatMap(item -> item instanceof KeyItem(ConfigKey key) ? Optional.of(key) : Optional.empty());
    }

    /** One thing that may stand in a section. */
    sealed interface Item {
        String name();
    }

    /** A key with its value. */
    record KeyItem(ConfigKey key) implements Item {
        @Override
        public String name() {
            return key.name();
        }
    }

    /** A section. */
    record TableItem(String name, Table table) implements Item {}

    /** A list of sections. */
    record ListItem(String name, Table table, Optional<String> mergeKey) implements Item {}

    /** What may stand in one section. Names match without regard to case. */
    static final class Table {

        private static final String ANY_NAME = "*";

        private final String path;
        private final Map<String, Item> items = new LinkedHashMap<>();

        Table(String path) {
            this.path = path;
        }

        private void add(List<String> steps, ConfigKey key) {
            String step = steps.getFirst();
            List<String> rest = steps.subList(1, steps.size());
            if (rest.isEmpty()) {
                items.put(step.toLowerCase(Locale.ROOT), new KeyItem(key));
            } else {
                child(step).add(rest, key);
            }
        }

        private Table child(String step) {
            boolean list = step.endsWith("[]");
            String name = list ? step.substring(0, step.length() - 2) : step;
            String childPath = path.isEmpty() ? name : path + "." + name;
            Item item = items.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> {
                var table = new Table(childPath);
                return list
                        ? new ListItem(name, table, Optional.ofNullable(MERGE_KEYS.get(childPath)))
                        : new TableItem(name, table);
            });
            return switch (item) {
                case TableItem section -> section.table();
                case ListItem entries -> entries.table();
                case KeyItem _ -> throw new IllegalStateException(childPath + " is a key and a section");
            };
        }

        /** The name as the Go node writes it, without list entries' numbers. */
        String path() {
            return path;
        }

        /** What stands under this name, in either case; a name that the operator may choose finds its kind. */
        Optional<Item> find(String name) {
            Item item = items.get(name.toLowerCase(Locale.ROOT));
            return Optional.ofNullable(item != null ? item : items.get(ANY_NAME));
        }

        /** Everything that may stand here, in the order in which it is printed. */
        Collection<Item> items() {
            return items.values();
        }

        /** Whether the operator chooses the names here. */
        boolean free() {
            return items.containsKey(ANY_NAME);
        }

        /** The names that may stand here. */
        List<String> names() {
            return new ArrayList<>(items.values().stream().map(Item::name).toList());
        }
    }
}
