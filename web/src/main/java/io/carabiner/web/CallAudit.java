package io.carabiner.web;

import io.carabiner.audit.AuditEvent;
import io.carabiner.audit.AuditTrail;
import io.carabiner.web.RouteTable.Match;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Writes calls that changed something into the audit log: who, from where, what was asked for, and how the thing looked
 * before and after, which is what a GET of the same path shows. Thread-safe.
 */
final class CallAudit {

    private static final int LOGIN_REFUSED = 401;
    private static final int OK_BELOW = 400;

    private final AuditTrail trail;
    private final RouteTable routes;

    CallAudit(AuditTrail trail, RouteTable routes) {
        this.trail = trail;
        this.routes = routes;
    }

    /** How the thing looks that a call is about to change; nothing for calls that the log does not keep. */
    Optional<JsonNode> before(Call call) {
        Route route = call.match().route();
        // What a POST makes was not there, and a GET of its path lists all there is.
        return route.method().equals("POST")
                ? Optional.empty()
                : AuditedRoutes.event(route.method(), route.template()).flatMap(event -> shown(call));
    }

    /** After a call was answered. */
    void after(Call call, String origin, Optional<JsonNode> before, Answer answer) {
        Route route = call.match().route();
        if (route.method().equals("POST") && route.template().equals("/sessions")) {
            login(call, origin, answer.status());
        }
        if (answer.status() < OK_BELOW) {
            AuditedRoutes.event(route.method(), route.template())
                    .ifPresent(event -> changed(event, call, origin, before, answer));
        }
    }

    private void changed(String event, Call call, String origin, Optional<JsonNode> before, Answer answer) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("method", call.match().route().method());
        data.put("path", call.path());
        put(data, "request", Redaction.fields(call.body().toArray()));
        put(data, "id", id(answer));
        put(data, "before", before);
        if (before.isPresent()) {
            put(data, "after", shown(call));
        }
        trail.record(new AuditEvent(event, actor(call.caller()), origin, data));
    }

    private static void put(Map<String, Object> data, String name, Optional<?> value) {
        value.ifPresent(present -> data.put(name, present));
    }

    private void login(Call call, String origin, int status) {
        if (status >= OK_BELOW && status != LOGIN_REFUSED) {
            return;
        }
        String email = Redaction.fields(call.body().toArray())
                .map(fields -> fields.path("email").asString(""))
                .orElse("");
        String event = status == LOGIN_REFUSED ? "AUTH_LOGIN_FAILED_PASSWORD" : "AUTH_LOGIN_SUCCESS_NO_2FA";
        trail.record(new AuditEvent(event, status == LOGIN_REFUSED ? "" : email, origin, Map.of("email", email)));
    }

    private static String actor(@Nullable Caller caller) {
        return switch (caller) {
            case Principal(User user, var session) -> user.email();
            case CallingInitiator(var initiator) -> initiator.name();
            case null -> "";
        };
    }

    /** What a GET of the same path shows now; empty where there is none, or it shows nothing. */
    private Optional<JsonNode> shown(Call call) {
        Optional<Route> reader = routes.routes().stream()
                .filter(route -> route.method().equals("GET")
                        && route.template().equals(call.match().route().template()))
                .findFirst();
        return reader.flatMap(route -> shown(route, call));
    }

    private static Optional<JsonNode> shown(Route reader, Call call) {
        try {
            Call read = new Call(
                    new Match(reader, call.match().parameters()),
                    call.path(),
                    Map.of(),
                    call.headers(),
                    io.carabiner.primitives.Bytes.EMPTY,
                    call.origin(),
                    call.caller());
            return json(reader.handler().handle(read)).map(body -> body.path("data"));
        } catch (WebException e) {
            // There is no such thing, before it was made or after it was deleted.
            return Optional.empty();
        }
    }

    private static Optional<String> id(Answer answer) {
        return json(answer)
                .map(body -> body.path("data").path("id").asString(""))
                .filter(id -> !id.isEmpty());
    }

    private static Optional<JsonNode> json(Answer answer) {
        if (answer.status() >= OK_BELOW || answer.body().size() == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(GoJson.mapper().readTree(answer.body().toArray()));
        } catch (JacksonException e) {
            // An answer in another format, as of an export.
            return Optional.empty();
        }
    }
}
