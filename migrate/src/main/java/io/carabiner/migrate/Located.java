package io.carabiner.migrate;

import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A value of a JSON document and where it stands.
 *
 * @param path a JSON path: {@code $.tasks[0].params}
 * @param node the value; a missing node where the document has none
 */
record Located(String path, JsonNode node) {

    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    Located child(String key) {
        boolean plain = PLAIN_KEY.matcher(key).matches();
        return new Located(path + (plain ? "." + key : "['" + key.replace("'", "\\'") + "']"), node.path(key));
    }

    Located item(int index) {
        return new Located(path + "[" + index + "]", node.path(index));
    }

    /** Whether there is something other than null. */
    boolean present() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** A text field; empty if there is none or it is not a text. */
    Optional<String> text(String key) {
        return Optional.of(node.path(key)).filter(JsonNode::isString).map(JsonNode::asString);
    }
}
