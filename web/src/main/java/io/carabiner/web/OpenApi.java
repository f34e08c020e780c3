package io.carabiner.web;

import io.carabiner.web.RouteDoc.Field;
import io.carabiner.web.RouteDoc.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The description of the API in the form of OpenAPI 3.1, made from the table of routes and {@code api.txt}. Pure; a
 * route without a line there is described by its path alone.
 */
final class OpenApi {

    private static final Map<String, Map<String, Object>> QUERY = Map.ofEntries(
            query("page", "integer", "which page, from 1"),
            query("size", "integer", "how many on a page, from 1"),
            query("seconds", "integer", "for clients of the Go node; changes nothing"),
            query("full", "string", "show the report too"),
            query("failing", "string", "only what fails"),
            query("userOnly", "boolean", "only what was set, without defaults"),
            query("evmChainID", "string", "which chain; the only one where there is one"),
            query("ChainID", "string", "which chain, as Go nodes from 2.31 name it"),
            query("family", "string", "evm, as Go nodes from 2.31 want it"),
            query("force", "boolean", "for clients of the Go node; changes nothing"),
            query("hard", "boolean", "delete for ever, from the archive too"),
            query("address", "string", "which key"),
            query("enabled", "boolean", "whether it may send on this chain"),
            query("abandon", "boolean", "give up its transactions"),
            query("maxGasPriceGWei", "string", "a setting of the chain: refused here"),
            query("head", "string", "the hash that the newest entry is known to have"),
            query("oldpassword", "string", "of the file"),
            query("newpassword", "string", "for the file"));

    private final List<Route> routes;
    private final Map<String, RouteDoc> docs;
    private final String version;

    OpenApi(List<Route> routes, String version) {
        this.routes = routes;
        this.docs = RouteDoc.all();
        this.version = version;
    }

    private static Map.Entry<String, Map<String, Object>> query(String name, String type, String description) {
        return Map.entry(
                name, Map.of("name", name, "in", "query", "description", description, "schema", Map.of("type", type)));
    }

    Map<String, Object> document() {
        LinkedHashMap<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                Map.of(
                        "title", "Carabiner",
                        "version", version,
                        "description", "The API of the node; paths, types and texts are those of the Go node."));
        document.put("paths", paths());
        document.put("components", Map.of("securitySchemes", securitySchemes()));
        return document;
    }

    private static Map<String, Object> securitySchemes() {
        return Map.of(
                "session", key("cookie", "clsession"),
                "tokenKey", key("header", "X-API-KEY"),
                "tokenSecret", key("header", "X-API-SECRET"),
                "initiatorKey", key("header", "X-Chainlink-EA-AccessKey"),
                "initiatorSecret", key("header", "X-Chainlink-EA-Secret"));
    }

    private static Map<String, Object> key(String in, String name) {
        return Map.of("type", "apiKey", "in", in, "name", name);
    }

    private Map<String, Object> paths() {
        LinkedHashMap<String, Object> paths = new LinkedHashMap<>();
        Map<String, List<Route>> byPath = routes.stream()
                .collect(Collectors.groupingBy(
                        route -> route.template().replaceAll(":(\\w+)", "{$1}"),
                        LinkedHashMap::new,
                        Collectors.toList()));
        byPath.forEach((path, methods) -> {
            LinkedHashMap<String, Object> operations = new LinkedHashMap<>();
            methods.forEach(route -> operations.put(route.method().toLowerCase(Locale.ROOT), operation(route)));
            paths.put(path, operations);
        });
        return paths;
    }

    RouteDoc doc(Route route) {
        RouteDoc known = docs.get(route.method() + " " + route.template());
        return known != null
                ? known
                : new RouteDoc("other", route.template(), List.of(), List.of(), false, new Reply.Other("json"));
    }

    private Map<String, Object> operation(Route route) {
        RouteDoc doc = doc(route);
        LinkedHashMap<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", operationId(route));
        operation.put("summary", doc.summary());
        operation.put("tags", List.of(doc.group()));
        operation.put("security", security(route.access()));
        operation.put("x-role", role(route.access()));
        operation.put("parameters", parameters(route, doc));
        body(doc).ifPresent(body -> operation.put("requestBody", body));
        operation.put("responses", responses(route, doc.answer()));
        return operation;
    }

    private static String operationId(Route route) {
        return (route.method().toLowerCase(Locale.ROOT) + route.template()).replaceAll("[^A-Za-z0-9]+", "_");
    }

    static String role(Access access) {
        return switch (access) {
            case Access.Anybody anybody -> "none";
            case Access.Session session -> "session";
            case Access.SessionIfAny maybe -> "session or none";
            case Access.WithRole(Role needed) -> needed.word();
            case Access.WithRoleOrInitiator(Role needed) -> needed.word() + " or external initiator";
        };
    }

    private static List<Map<String, Object>> security(Access access) {
        Map<String, Object> session = Map.of("session", List.of());
        Map<String, Object> token = Map.of("tokenKey", List.of(), "tokenSecret", List.of());
        Map<String, Object> initiator = Map.of("initiatorKey", List.of(), "initiatorSecret", List.of());
        return switch (access) {
            case Access.Anybody anybody -> List.of();
            case Access.Session only -> List.of(session);
            case Access.SessionIfAny maybe -> List.of(session, Map.of());
            case Access.WithRole role -> List.of(session, token);
            case Access.WithRoleOrInitiator role -> List.of(session, token, initiator);
        };
    }

    private static List<Object> parameters(Route route, RouteDoc doc) {
        List<Object> parameters = new ArrayList<>();
        for (String part : route.template().split("/", -1)) {
            if (part.startsWith(":")) {
                parameters.add(Map.of(
                        "name", part.substring(1), "in", "path", "required", true, "schema", Map.of("type", "string")));
            }
        }
        doc.query().forEach(name -> parameters.add(Objects.requireNonNull(QUERY.get(name), name)));
        return parameters;
    }

    private static Optional<Map<String, Object>> body(RouteDoc doc) {
        if (doc.file()) {
            return Optional.of(Map.of("content", Map.of("application/json", Map.of("schema", Map.of()))));
        }
        if (doc.body().isEmpty()) {
            return Optional.empty();
        }
        LinkedHashMap<String, Object> properties = new LinkedHashMap<>();
        doc.body()
                .forEach(field -> properties.put(
                        field.name(), field.type().equals("any") ? Map.of() : Map.of("type", field.type())));
        Map<String, Object> schema = Map.of(
                "type",
                "object",
                "properties",
                properties,
                "required",
                doc.body().stream().filter(Field::required).map(Field::name).toList());
        return Optional.of(Map.of("required", true, "content", Map.of("application/json", Map.of("schema", schema))));
    }

    private static Map<String, Object> responses(Route route, Reply answer) {
        LinkedHashMap<String, Object> responses = new LinkedHashMap<>();
        responses.put("2XX", success(answer));
        if (!(route.access() instanceof Access.Anybody)) {
            responses.put("401", Map.of("description", "not logged in, or the role is not enough"));
        }
        responses.put(
                "default",
                Map.of(
                        "description",
                        "what is wrong, in words",
                        "content",
                        Map.of("application/json", Map.of("schema", errors()))));
        return responses;
    }

    private static Map<String, Object> errors() {
        Map<String, Object> detail = Map.of("type", "object", "properties", Map.of("detail", Map.of("type", "string")));
        return Map.of("type", "object", "properties", Map.of("errors", Map.of("type", "array", "items", detail)));
    }

    private static Map<String, Object> success(Reply answer) {
        return switch (answer) {
            case Reply.Resources resources ->
                Map.of(
                        "description",
                        resources.list() ? "a list" : "one resource",
                        "content",
                        Map.of(Answer.JSON_API, Map.of("schema", document(resources))));
            case Reply.Other(String form) ->
                switch (form) {
                    case "none" -> Map.of("description", "nothing");
                    case "text" -> content("text", "text/plain");
                    case "html" -> content("a page", "text/html");
                    case "file" -> content("an encrypted key file", Answer.JSON_API);
                    default -> content("JSON", "application/json");
                };
        };
    }

    private static Map<String, Object> content(String description, String type) {
        return Map.of("description", description, "content", Map.of(type, Map.of("schema", Map.of())));
    }

    private static Map<String, Object> document(Reply.Resources resources) {
        Map<String, Object> one = ApiSchemas.resource(resources.type());
        LinkedHashMap<String, Object> properties = new LinkedHashMap<>();
        properties.put("data", resources.list() ? Map.of("type", "array", "items", one) : one);
        if (resources.paged()) {
            Map<String, Object> count = Map.of("count", Map.of("type", "integer"));
            properties.put("meta", Map.of("type", "object", "properties", count));
            properties.put("links", Map.of("type", "object"));
        }
        return Map.of("type", "object", "properties", properties);
    }
}
