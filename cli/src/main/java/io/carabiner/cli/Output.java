package io.carabiner.cli;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Prints what the node answered: as JSON, the bare attributes; else as a table. Stateless. */
final class Output {

    /** Whether the JSON of a kind of resource carries its id. */
    enum Identity {
        SHOWN,
        HIDDEN
    }

    private Output() {}

    /** One resource. */
    static void one(Invocation call, JsonNode resource, Identity identity, Function<JsonNode, String> table) {
        if (call.json()) {
            call.out().println(Json.pretty(attributes(resource, identity)));
        } else {
            call.out().print(table.apply(resource));
        }
    }

    /** A list of resources. */
    static void many(Invocation call, JsonNode resources, Identity identity, Function<List<JsonNode>, String> table) {
        if (call.json()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            resources.forEach(resource -> list.add(attributes(resource, identity)));
            call.out().println(Json.pretty(list));
        } else {
            call.out().print(table.apply(resources.valueStream().toList()));
        }
    }

    private static JsonNode attributes(JsonNode resource, Identity identity) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        if (identity == Identity.SHOWN) {
            result.set("id", resource.path("id"));
        }
        resource.path("attributes").propertyStream().forEach(member -> result.set(member.getKey(), member.getValue()));
        return result;
    }

    /** An attribute as text; empty if it is null or missing. */
    static String attribute(JsonNode resource, String name) {
        return resource.path("attributes").path(name).asString("");
    }

    /** An amount of the smallest unit as a number with 18 decimals; {@code Unknown} if it is not known. */
    static String inEther(JsonNode amount) {
        if (!amount.isString() && !amount.isNumber()) {
            return "Unknown";
        }
        try {
            return new BigDecimal(amount.asString())
                    .movePointLeft(18)
                    .setScale(18)
                    .toPlainString();
        } catch (ArithmeticException | NumberFormatException e) {
            return amount.asString();
        }
    }

    /** The page that {@code --page} asks for, as a query. */
    static String pageQuery(Invocation call) {
        long page = call.number("page").orElse(0L);
        return page == 0 ? "" : "?page=" + page;
    }
}
