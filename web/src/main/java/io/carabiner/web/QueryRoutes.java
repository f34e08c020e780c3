package io.carabiner.web;

import io.carabiner.graphql.Ask;
import io.carabiner.graphql.Clearance;
import io.carabiner.graphql.GraphqlService;
import io.carabiner.graphql.QueryLimits;
import io.carabiner.graphql.Viewer;
import io.carabiner.primitives.FaultException;
import io.carabiner.telemetry.WebMessages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * GraphQL (Go node 2.31, core/web/router.go and graph-gophers' relay handler): a document that is answered is always
 * 200, whatever is wrong with its fields; who may ask for which field the fields say. Only sessions count.
 */
final class QueryRoutes {

    static final String PATH = "/query";

    private static final String JSON = "application/json";
    private static final String GO_TYPE = "struct { Query string \"json:\\\"query\\\"\"; OperationName string"
            + " \"json:\\\"operationName\\\"\"; Variables map[string]interface {} \"json:\\\"variables\\\"\" }";
    private static final TypeReference<Map<String, @Nullable Object>> VARIABLES = new TypeReference<>() {};

    private final GraphqlService<Asker> service;
    private final WebMessages messages = new WebMessages();

    QueryRoutes(WebServices services, ApiTokens tokens) {
        QueryFields fields = QueryFields.of(services, tokens);
        this.service =
                new GraphqlService<>(fields.queries(), fields.mutations(), QueryLimits.standard(), this::unexpected);
    }

    private void unexpected(Throwable fault) {
        String code = fault instanceof FaultException known ? known.code() : "GRAPHQL_UNEXPECTED";
        messages.fault("POST", PATH, code, fault);
    }

    List<Route> routes() {
        return List.of(Route.post(PATH, Access.SESSION_IF_ANY, this::answer));
    }

    private Answer answer(Call call) {
        String text = new String(call.body().toArray(), StandardCharsets.UTF_8);
        try {
            return answer(GoJson.mapper().readTree(text), call);
        } catch (UnexpectedEndOfInputException e) {
            return unreadable("unexpected EOF");
        } catch (JacksonException e) {
            return unreadable("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    private Answer answer(@Nullable JsonNode body, Call call) {
        if (body == null || body.isMissingNode()) {
            return unreadable("EOF");
        }
        if (!body.isObject()) {
            return unreadable("json: cannot unmarshal " + JsonBody.kind(body) + " into Go value of type " + GO_TYPE);
        }
        for (String field : List.of("query", "operationName")) {
            if (!body.path(field).isString()
                    && !body.path(field).isMissingNode()
                    && !body.path(field).isNull()) {
                return unreadable("json: cannot unmarshal " + JsonBody.kind(body.path(field))
                        + " into Go struct field ." + field + " of type string");
            }
        }
        JsonNode variables = body.path("variables");
        if (!variables.isObject() && !variables.isMissingNode() && !variables.isNull()) {
            return unreadable("json: cannot unmarshal " + JsonBody.kind(variables)
                    + " into Go struct field .variables of type map[string]interface {}");
        }
        return Answer.of(200, JSON, GoJson.write(service.answer(ask(body, variables), viewer(call))));
    }

    private static Ask ask(JsonNode body, JsonNode variables) {
        return new Ask(
                body.path("query").asString(""),
                body.path("operationName").asString(""),
                variables.isObject() ? GoJson.mapper().convertValue(variables, VARIABLES) : Map.of());
    }

    private static Optional<Viewer<Asker>> viewer(Call call) {
        return call.caller() instanceof Principal principal
                ? Optional.of(new Viewer<>(
                        Clearance.valueOf(principal.user().role().name()), new Asker(principal, call.origin())))
                : Optional.empty();
    }

    private static Answer unreadable(String why) {
        return Answer.text(400, why + "\n");
    }
}
