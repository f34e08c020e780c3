package io.carabiner.cli;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as Go prints it: two spaces, and {@code <}, {@code >}, {@code &} escaped. Stateless. */
final class Json {

    /** Keeps every digit of numbers. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** A JSON string literal. */
    static String quote(String text) {
        StringBuilder result = new StringBuilder();
        writeText(text, result);
        return result.toString();
    }

    /** The whole value on several lines, without a newline at the end. */
    static String pretty(JsonNode value) {
        StringBuilder result = new StringBuilder();
        write(value, "", result);
        return result.toString();
    }

    private static void write(JsonNode value, String indent, StringBuilder result) {
        if (value.isObject()) {
            writeObject(value, indent, result);
        } else if (value.isArray()) {
            writeArray(value, indent, result);
        } else if (value.isString()) {
            writeText(value.asString(), result);
        } else {
            result.append(value);
        }
    }

    private static void writeObject(JsonNode value, String indent, StringBuilder result) {
        if (value.isEmpty()) {
            result.append("{}");
            return;
        }
        String inner = indent + "  ";
        result.append("{\n");
        Iterator<Map.Entry<String, JsonNode>> members = value.properties().iterator();
        while (members.hasNext()) {
            Map.Entry<String, JsonNode> member = members.next();
            result.append(inner);
            writeText(member.getKey(), result);
            result.append(": ");
            write(member.getValue(), inner, result);
            result.append(members.hasNext() ? ",\n" : "\n");
        }
        result.append(indent).append('}');
    }

    private static void writeArray(JsonNode value, String indent, StringBuilder result) {
        if (value.isEmpty()) {
            result.append("[]");
            return;
        }
        String inner = indent + "  ";
        result.append("[\n");
        for (int i = 0; i < value.size(); i++) {
            result.append(inner);
            write(value.get(i), inner, result);
            result.append(i + 1 < value.size() ? ",\n" : "\n");
        }
        result.append(indent).append(']');
    }

    private static void writeText(String text, StringBuilder result) {
        result.append('"');
        for (int i = 0; i < text.length(); i++) {
            writeCharacter(text.charAt(i), result);
        }
        result.append('"');
    }

    private static void writeCharacter(char c, StringBuilder result) {
        switch (c) {
            case '"' -> result.append("\\\"");
            case '\\' -> result.append("\\\\");
            case '\n' -> result.append("\\n");
            case '\r' -> result.append("\\r");
            case '\t' -> result.append("\\t");
            default -> {
                boolean escaped = c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029';
                if (escaped) {
                    result.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                } else {
                    result.append(c);
                }
            }
        }
    }
}
