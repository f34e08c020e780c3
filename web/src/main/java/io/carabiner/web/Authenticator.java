package io.carabiner.web;

import io.carabiner.jobs.webhook.ExternalInitiators;
import io.carabiner.web.ApiTokens.Token;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Finds out who calls, and whether they may. Thread-safe. */
final class Authenticator {

    static final String COOKIE = "clsession";

    private static final String INITIATOR_KEY = "x-chainlink-ea-accesskey";
    private static final String INITIATOR_SECRET = "x-chainlink-ea-secret";

    private static final String FAILED = "Authentication failed";

    /** What was found. */
    sealed interface Outcome {

        /** Somebody who may call. */
        record Admitted(Caller caller) implements Outcome {}

        /** The route is for anybody. */
        record Open() implements Outcome {}

        /** The whole answer to somebody who may not. */
        record Refused(Answer answer) implements Outcome {}
    }

    private final Sessions sessions;
    private final ApiTokens tokens;
    private final ExternalInitiators initiators;

    Authenticator(Sessions sessions, ApiTokens tokens, ExternalInitiators initiators) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.initiators = initiators;
    }

    Outcome check(Access access, Map<String, String> headers) {
        return switch (access) {
            case Access.Anybody anybody -> new Outcome.Open();
            case Access.Session session -> bySession(headers);
            case Access.SessionIfAny maybe ->
                bySession(headers) instanceof Outcome.Admitted admitted ? admitted : new Outcome.Open();
            case Access.WithRole(Role needed) -> withRole(needed, headers);
            case Access.WithRoleOrInitiator(Role needed) ->
                headers.containsKey(INITIATOR_KEY) ? byInitiator(headers) : withRole(needed, headers);
        };
    }

    private Outcome byInitiator(Map<String, String> headers) {
        return initiators
                .verify(headers.getOrDefault(INITIATOR_KEY, ""), headers.getOrDefault(INITIATOR_SECRET, ""))
                .<Outcome>map(initiator -> new Outcome.Admitted(new CallingInitiator(initiator)))
                .orElseGet(() -> refused(FAILED));
    }

    private Outcome withRole(Role needed, Map<String, String> headers) {
        Outcome who = headers.containsKey("x-api-key") ? byToken(headers) : bySession(headers);
        return who instanceof Outcome.Admitted(Principal principal)
                        && !principal.user().role().mayActAs(needed)
                ? new Outcome.Refused(lacksRole(principal.user(), needed))
                : who;
    }

    private Outcome byToken(Map<String, String> headers) {
        Token token = new Token(headers.getOrDefault("x-api-key", ""), headers.getOrDefault("x-api-secret", ""));
        return tokens.verify(token)
                .<Outcome>map(user -> new Outcome.Admitted(new Principal(user, Optional.empty())))
                .orElseGet(() -> refused(FAILED));
    }

    private Outcome bySession(Map<String, String> headers) {
        Optional<SessionId> id = cookie(headers.getOrDefault("cookie", "")).flatMap(SessionId::parse);
        if (id.isEmpty()) {
            return refused(FAILED);
        }
        return sessions.use(id.get())
                .<Outcome>map(user -> new Outcome.Admitted(new Principal(user, id)))
                .orElseGet(() -> refused("session missing or expired, please login again"));
    }

    private static Optional<String> cookie(String header) {
        String prefix = COOKIE + "=";
        return Arrays.stream(header.split(";", -1))
                .map(String::strip)
                .filter(pair -> pair.startsWith(prefix))
                .map(pair -> pair.substring(prefix.length()))
                .findFirst();
    }

    private static Outcome refused(String why) {
        return new Outcome.Refused(Answer.error(401, why));
    }

    /** The Go node answers 401 when run or edit is missing, and 403 with who one is when admin is. */
    private static Answer lacksRole(User user, Role needed) {
        if (needed != Role.ADMIN) {
            return Answer.error(401, "Unauthorized");
        }
        return Answer.error(403, "Forbidden")
                .with("forbidden-required-role", needed.word())
                .with("forbidden-provided-role", user.role().word())
                .with("forbidden-provided-email", user.email());
    }
}
