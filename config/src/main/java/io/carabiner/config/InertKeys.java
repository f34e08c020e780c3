package io.carabiner.config;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which of the keys that do nothing in this version an operator set. */
final class InertKeys {

    private InertKeys() {}

    static List<String> setIn(Section section) {
        var found = new TreeSet<String>();
        collect(section, found);
        return List.copyOf(found);
    }

    private static void collect(Section section, Set<String> found) {
        for (Schema.Item item : section.schema().items()) {
            if (item instanceof Schema.KeyItem(ConfigKey key)
                    && key.use() == ConfigKey.Use.INERT
                    && (section.values().containsKey(key.name())
                            || (key.name().equals("*") && !section.values().isEmpty()))) {
                found.add(key.shownPath());
            }
        }
        section.sections().values().forEach(child -> collect(child, found));
        section.lists().values().forEach(entries -> entries.forEach(entry -> collect(entry, found)));
    }
}
