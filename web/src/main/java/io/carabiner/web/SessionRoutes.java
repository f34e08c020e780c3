package io.carabiner.web;

import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.WebMessages;
import io.carabiner.web.Route.Limit;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Logging in and out (Go node 2.15, core/web/sessions_controller.go). */
final class SessionRoutes {

    private static final Duration COOKIE_AGE = Duration.ofDays(30);
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The only field of a session. */
    record SessionAttributes(boolean authenticated) {}

    private final Accounts accounts;
    private final Sessions sessions;
    private final boolean secureCookies;
    private final TimeSource time;
    private final WebMessages messages = new WebMessages();

    SessionRoutes(Accounts accounts, Sessions sessions, boolean secureCookies, TimeSource time) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.secureCookies = secureCookies;
        this.time = time;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/sessions", Access.ANYBODY, this::create).limited(Limit.LOGIN),
                Route.delete("/sessions", Access.SESSION, this::delete));
    }

    private Answer create(Call call) {
        String email;
        String password;
        try {
            JsonBody body = call.json("sessions.SessionRequest");
            email = body.text("email");
            password = body.text("password");
        } catch (WebException e) {
            throw WebException.refused(400, "error binding json " + e.getMessage());
        }
        return accounts.verify(email, password)
                .map(user -> answer(true).with("Set-Cookie", cookie(sessions.begin(user))))
                .orElseGet(() -> {
                    messages.loginRefused(email);
                    return Answer.error(401, "Invalid password");
                });
    }

    private String cookie(SessionId id) {
        return Authenticator.COOKIE + "=" + id.secret() + "; Expires="
                + HTTP_DATE.format(time.now().plus(COOKIE_AGE)) + "; Max-Age=" + COOKIE_AGE.toSeconds() + "; HttpOnly"
                + (secureCookies ? "; Secure" : "") + "; SameSite=Strict";
    }

    private Answer delete(Call call) {
        call.principal().session().ifPresent(sessions::end);
        return answer(false);
    }

    private static Answer answer(boolean authenticated) {
        return JsonApi.one(new Resource("session", "sessionID", new SessionAttributes(authenticated)));
    }
}
