package io.carabiner.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object that was sent, read field by field, with the words of Go's decoder for what is wrong. Names of fields
 * are found in any case; unknown ones are ignored.
 */
final class JsonBody {

    private final JsonNode object;
    private final String goType;

    private JsonBody(JsonNode object, String goType) {
        this.object = object;
        this.goType = goType;
    }

    static JsonBody parse(byte[] body, String goType) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            throw WebException.refused(422, "EOF");
        }
        JsonNode node = read(text);
        if (node.isObject() || node.isNull()) {
            return new JsonBody(node, goType.substring(goType.indexOf('.') + 1));
        }
        throw WebException.refused(422, "json: cannot unmarshal " + kind(node) + " into Go value of type " + goType);
    }

    private static JsonNode read(String text) {
        try {
            return GoJson.mapper().readTree(text);
        } catch (UnexpectedEndOfInputException e) {
            throw WebException.refused(422, "unexpected EOF");
        } catch (JacksonException e) {
            throw WebException.refused(422, syntaxError(text, e));
        }
    }

    private static String syntaxError(String text, JacksonException fault) {
        long offset = fault.getLocation() == null
                ? 0
                : Math.max(0, fault.getLocation().getCharOffset());
        if (offset >= text.length()) {
            return "unexpected EOF";
        }
        boolean atStart = text.charAt(0) != '{' && text.charAt(0) != '[';
        int place = atStart ? 0 : (int) offset;
        return "invalid character '" + text.charAt(place) + "' looking for beginning of value";
    }

    /** A text; empty if it is absent or null. */
    String text(String field) {
        return optionalText(field).orElse("");
    }

    Optional<String> optionalText(String field) {
        return find(field).map(node -> {
            if (!node.isString()) {
                throw wrongType(kind(node), field, "string");
            }
            return node.stringValue();
        });
    }

    /** A number from 0 to 2^32-1; 0 if it is absent. */
    long uint32(String field) {
        return find(field)
                .map(node -> {
                    if (!node.isNumber()) {
                        throw wrongType(kind(node), field, "uint32");
                    }
                    boolean fits = node.isIntegralNumber() && node.canConvertToLong();
                    if (!fits || node.longValue() < 0 || node.longValue() > 0xffff_ffffL) {
                        throw wrongType("number " + node, field, "uint32");
                    }
                    return node.longValue();
                })
                .orElse(0L);
    }

    /** A field as it stands there, if it is there and not null. */
    Optional<JsonNode> find(String field) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getKey().equalsIgnoreCase(field) && !entry.getValue().isNull()) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }

    private WebException wrongType(String kind, String field, String wanted) {
        return WebException.refused(
                422,
                "json: cannot unmarshal " + kind + " into Go struct field " + goType + "." + field + " of type "
                        + wanted);
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "bool";
            case NUMBER -> "number";
            case STRING -> "string";
            default -> "object";
        };
    }
}
