package io.carabiner.config;

import io.carabiner.config.ConfigFault.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Faults found so far, in the order of the Go node's report: a tree whose levels are the sections.
 *
 * <p>Its form: a section with one fault prints on one line with it, a section with several prints their number and
 * one line for each, indented by the depth of the section.
 */
final class Faults {

    private final String name;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * @param name what all of them are about, such as {@code invalid configuration}
     */
    Faults(String name) {
        this.name = name;
    }

    /** One fault, where the tree has it. */
    private record Entry(List<String> sections, String leaf, String message, Optional<Position> position) {

        ConfigFault fault() {
            String path = sections.isEmpty() ? leaf : String.join(".", sections) + "." + leaf;
            return new ConfigFault(path, message, position);
        }
    }

    /** Faults and sections with faults below one section. */
    private static final class Level {
        private final String label;
        private final List<Object> children = new ArrayList<>();

        Level(String label) {
            this.label = label;
        }

        Level child(String childLabel) {
            for (Object child : children) {
                if (child instanceof Level level && level.label.equals(childLabel)) {
                    return level;
                }
            }
            var level = new Level(childLabel);
            children.add(level);
            return level;
        }
    }

    /**
     * Adds a fault.
     *
     * @param sections the names from the root to the section that reports it
     * @param leaf the key as that section names it; may go deeper, with dots
     * @param message what is wrong
     */
    void add(List<String> sections, String leaf, String message, Optional<Position> position) {
        entries.add(new Entry(List.copyOf(sections), leaf, message, position));
    }

    /** Adds all faults of another report. */
    void addAll(Faults other) {
        entries.addAll(other.entries);
    }

    boolean none() {
        return entries.isEmpty();
    }

    List<ConfigFault> all() {
        return entries.stream().map(Entry::fault).toList();
    }

    /** The whole report. */
    String text() {
        var root = new Level("");
        for (Entry entry : entries) {
            Level level = root;
            for (String section : entry.sections()) {
                level = level.child(section);
            }
            level.children.add(entry.leaf() + ": " + entry.message());
        }
        return print(name + ": ", root, 0);
    }

    private static String print(String start, Level level, int depth) {
        if (level.children.size() == 1) {
            return switch (level.children.getFirst()) {
                case Level only -> print(start + only.label + (flat(only) ? "." : ": "), only, depth + 1);
                case Object leaf -> start + indented(leaf);
            };
        }
        var text = new StringBuilder(start).append(level.children.size()).append(" errors:");
        for (Object child : level.children) {
            text.append('\n').append("\t".repeat(depth + 1)).append("- ");
            text.append(
                    child instanceof Level below
                            ? print(below.label + (flat(below) ? "." : ": "), below, depth + 1)
                            : indented(child));
        }
        return text.toString();
    }

    private static boolean flat(Level level) {
        return level.children.size() == 1;
    }

    /** A message of several lines continues one tab to the right. */
    private static String indented(Object leaf) {
        return leaf.toString().replace("\n", "\n\t");
    }
}
