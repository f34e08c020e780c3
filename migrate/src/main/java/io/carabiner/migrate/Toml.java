package io.carabiner.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a job spec. Not thread-safe. */
final class Toml {

    private final List<String> comments = new ArrayList<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    void comment(String text) {
        comments.add("# " + text.replaceAll("\\p{Cntrl}", " "));
    }

    void text(String key, String value) {
        values.put(key, quoted(value));
    }

    void raw(String key, String value) {
        values.put(key, value);
    }

    /** A basic string. */
    static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character == '"' || character == '\\') {
                text.append('\\').append(character);
            } else if (character < ' ' || character == 0x7f) {
                text.append(String.format("\\u%04x", (int) character));
            } else {
                text.append(character);
            }
        }
        return text.append('"').toString();
    }

    /** The spec with its graph, which must not hold three apostrophes in a row. */
    String with(String graph) {
        StringBuilder text = new StringBuilder();
        comments.forEach(comment -> text.append(comment).append('\n'));
        values.forEach(
                (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        return text.append("observationSource = '''\n")
                .append(graph)
                .append("'''\n")
                .toString();
    }
}
