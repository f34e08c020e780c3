package io.carabiner.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records one below the other, a line for each field, between dashes as long as the longest line; as the Go node prints
 * keys and health. A pure function.
 */
final class ListView {

    private ListView() {}

    /** One record: its fields in order. */
    static Map<String, String> entry(String... labelsAndValues) {
        Map<String, String> entry = new LinkedHashMap<>();
        for (int i = 0; i < labelsAndValues.length; i += 2) {
            entry.put(labelsAndValues[i], labelsAndValues[i + 1]);
        }
        return entry;
    }

    /** All records; starts with an empty line. */
    static String render(List<Map<String, String>> entries) {
        int label = entries.stream()
                .flatMap(entry -> entry.keySet().stream())
                .mapToInt(String::length)
                .max()
                .orElse(0);
        List<String> blocks = new ArrayList<>();
        int widest = 0;
        for (Map<String, String> entry : entries) {
            StringBuilder block = new StringBuilder();
            for (Map.Entry<String, String> field : entry.entrySet()) {
                String line =
                        field.getKey() + ":" + " ".repeat(label - field.getKey().length() + 1) + field.getValue();
                widest = Math.max(
                        widest, line.lines().mapToInt(ListView::columns).max().orElse(0));
                block.append(line).append('\n');
            }
            blocks.add(block.toString());
        }
        String divider = "-".repeat(widest) + "\n";
        return "\n" + divider + String.join(divider, blocks) + (blocks.isEmpty() ? "" : divider);
    }

    private static int columns(String text) {
        return text.codePointCount(0, text.length());
    }
}
