package io.carabiner.cli;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as Go prints it: two spaces, and {@code <}, {@code >}, {@code &} escaped. Stateless. */
final class Json {

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private Json() {}

    /**
     * Reads one value, with every digit of its numbers. It is put together by hand, because setting up a mapper takes
     * longer than the rest of a command.
     *
     * @throws JacksonException if the text is not JSON
     */
    static JsonNode read(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                return MissingNode.getInstance();
            }
            JsonNode value = value(parser);
            if (parser.nextToken() != null) {
                throw new StreamReadException(parser, "more than one value");
            }
            return value;
        }
    }

    private static JsonNode value(JsonParser parser) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, nodes);
            case START_ARRAY -> array(parser, nodes);
            case VALUE_STRING -> nodes.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> nodes.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            case null, default -> throw new StreamReadException(parser, "no value");
        };
    }

    private static JsonNode object(JsonParser parser, JsonNodeFactory nodes) {
        ObjectNode object = nodes.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            object.set(name, value(parser));
        }
        return object;
    }

    private static JsonNode array(JsonParser parser, JsonNodeFactory nodes) {
        ArrayNode array = nodes.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

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
            result.append(plain(value));
        }
    }

    /** A number, a truth value or null. */
    static String plain(JsonNode value) {
        return value.isNull() ? "null" : value.asString();
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
