package io.carabiner.config;

import java.util.Locale;

/** Prints sections as TOML, laid out as the Go node lays it out. */
final class TomlPrinter {

    private final boolean withUnset;
    private final StringBuilder out = new StringBuilder();

    private TomlPrinter(boolean withUnset) {
        this.withUnset = withUnset;
    }

    /** Only what is set. */
    static String set(Section section) {
        return print(section, false);
    }

    /** What is set, and outside of lists the keys without a value too, but for the quiet ones. */
    static String complete(Section section) {
        return print(section, true);
    }

    private static String print(Section section, boolean withUnset) {
        var printer = new TomlPrinter(withUnset);
        printer.body(section, "", withUnset);
        return printer.out.toString();
    }

    /** A TOML string: literal where that is possible. */
    static String quote(String text) {
        if (text.chars().noneMatch(c -> c == '\'' || (c < ' ' && c != '\t') || c == 0x7F)) {
            return "'" + text + "'";
        }
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> quoted.append(escaped((char) c)));
        return quoted.append('"').toString();
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> c < ' ' || c == 0x7F ? String.format(Locale.ROOT, "\\u%04X", (int) c) : String.valueOf(c);
        };
    }

    /** A blank line stands before every section but one that follows its own parent's header. */
    private void body(Section section, String path, boolean unset) {
        int before = out.length();
        values(section, unset);
        boolean blank = out.length() > before;
        for (Schema.Item item : section.schema().items()) {
            switch (item) {
                case Schema.TableItem any
                when any.name().equals("*") -> {
                    for (var entry : section.sections().entrySet()) {
                        blank = table(entry.getValue(), join(path, entry.getKey()), blank, unset);
                    }
                }
                case Schema.TableItem table -> {
                    Section child = section.sections().get(table.name());
                    if (child != null) {
                        blank = table(child, join(path, table.name()), blank, unset);
                    }
                }
                case Schema.ListItem list -> {
                    for (Section entry : section.list(list.name())) {
                        blank = entry(entry, join(path, list.name()), blank);
                    }
                }
                case Schema.KeyItem _ -> {}
            }
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private boolean table(Section section, String path, boolean blank, boolean unset) {
        if (section.empty() && !hasUnset(section, unset)) {
            return blank;
        }
        out.append(blank ? "\n" : "").append('[').append(path).append("]\n");
        body(section, path, unset);
        return true;
    }

    /** A list's entries print only what is set in them, but for sections of their own that hold defaults. */
    private boolean entry(Section section, String path, boolean blank) {
        out.append(blank ? "\n" : "").append("[[").append(path).append("]]\n");
        body(section, path, false);
        return true;
    }

    private void values(Section section, boolean unset) {
        for (Schema.Item item : section.schema().items()) {
            if (item instanceof Schema.KeyItem(ConfigKey key)
                    && !section.schema().free()) {
                Section.Value value = section.values().get(key.name());
                value(key, key.name(), value, unset);
            } else if (item instanceof Schema.ListItem list && emptyListShown(section, list.name(), unset)) {
                out.append(list.name()).append(" = []\n");
            }
        }
        if (section.schema().free()) {
            section.values().forEach((name, value) -> out.append(name)
                    .append(" = ")
                    .append(quote(value.value().toString()))
                    .append('\n'));
        }
    }

    private void value(
            ConfigKey key, String name, Section.@org.jspecify.annotations.Nullable Value value, boolean unset) {
        if (key.type().javaType() == Object.class || (value == null && !(unset && key.printed()))) {
            return;
        }
        String text = value == null ? key.type().unset() : key.type().printer().apply(value.value());
        out.append(name).append(" = ").append(text).append('\n');
    }

    /** The two lists that the Go node shows when they are empty: nodes always, gateways among the defaults. */
    private static boolean emptyListShown(Section section, String name, boolean unset) {
        return section.list(name).isEmpty() && (name.equals("Nodes") || (unset && name.equals("Gateways")));
    }

    private boolean hasUnset(Section section, boolean unset) {
        return withUnset
                && unset
                && !section.schema().free()
                && section.schema().items().stream()
                        .anyMatch(item -> item instanceof Schema.KeyItem(ConfigKey key) && key.printed());
    }
}
