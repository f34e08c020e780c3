package io.carabiner.web;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes secrets out of what the request log shows (Go node 2.15, core/web/router.go). Pure. */
final class Redaction {

    private static final int BODY_SHOWN_MAX_BYTES = 4096;
    private static final Pattern PASSWORD =
            Pattern.compile("((?:^|&)[^=&]*password[^=&]*=)[^&]*", Pattern.CASE_INSENSITIVE);

    private Redaction() {}

    static String query(String query) {
        return PASSWORD.matcher(query).replaceAll("$1REDACTED");
    }

    /** Of a GraphQL body only the operation's name: passwords may stand anywhere in the rest. */
    static String queryBody(byte[] body) {
        try {
            JsonNode name = GoJson.mapper()
                    .readTree(new String(body, StandardCharsets.UTF_8))
                    .path("operationName");
            return name.isString() && name.stringValue().matches("\\w{1,64}") ? name.stringValue() : "";
        } catch (JacksonException e) {
            return "";
        }
    }

    /** A small JSON object without its passwords; anything else is not shown. */
    static String body(byte[] body) {
        return body.length > BODY_SHOWN_MAX_BYTES
                ? ""
                : fields(body).map(JsonNode::toString).orElse("");
    }

    /** A JSON object without its passwords; empty if it is something else. */
    static Optional<JsonNode> fields(byte[] body) {
        if (body.length == 0) {
            return Optional.empty();
        }
        try {
            JsonNode node = GoJson.mapper().readTree(new String(body, StandardCharsets.UTF_8));
            return node instanceof ObjectNode object ? Optional.of(redacted(object)) : Optional.empty();
        } catch (JacksonException e) {
            // Not JSON: nothing of it can be told apart from a secret.
            return Optional.empty();
        }
    }

    private static ObjectNode redacted(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (name.contains("password") || name.contains("secret") || name.equals("crypto")) {
                copy.put(field.getKey(), "*REDACTED*");
            }
        }
        return copy;
    }
}
