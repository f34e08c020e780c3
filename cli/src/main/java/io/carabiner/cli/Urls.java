package io.carabiner.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Parts of addresses, escaped as Go does. Stateless. */
final class Urls {

    private static final String SEGMENT_CHARACTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~$&+:=@";

    private Urls() {}

    /** One segment of a path. */
    static String segment(String text) {
        StringBuilder result = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 0 && SEGMENT_CHARACTERS.indexOf(b) >= 0) {
                result.append((char) b);
            } else {
                result.append(String.format(Locale.ROOT, "%%%02X", b));
            }
        }
        return result.toString();
    }

    /** A query with its names in order and its question mark; nothing if it is empty. */
    static String query(Map<String, String> values) {
        if (values.isEmpty()) {
            return "";
        }
        SortedMap<String, String> sorted = new TreeMap<>(values);
        return sorted.entrySet().stream()
                .map(entry -> escape(entry.getKey()) + "=" + escape(entry.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
