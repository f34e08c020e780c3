package io.carabiner.web;

import io.carabiner.config.WebServerConfig;
import io.carabiner.keystore.KeystoreException;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.FaultException;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.WebMessages;
import io.carabiner.web.CrossOrigin.Decision;
import io.carabiner.web.Route.Limit;
import io.carabiner.web.RouteTable.Match;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Leads a request through what stands before its route, in the Go node's order: redirect of a wrong slash, size,
 * origin, rate, who calls; then to the route. Thread-safe.
 */
final class Dispatcher {

    private static final long PAGES_LIMIT_PER_MINUTE = 20;

    private static final Map<String, String> SECURITY_HEADERS = Map.of(
            "Strict-Transport-Security", "max-age=5184000; includeSubDomains",
            "X-Content-Type-Options", "nosniff",
            "X-DNS-Prefetch-Control", "off",
            "X-Download-Options", "noopen",
            "X-Frame-Options", "DENY",
            "X-XSS-Protection", "1; mode=block");

    /**
     * An answer, with the route it came from for the metrics.
     *
     * @param template empty when no route matched
     */
    record Outcome(Answer answer, String template, Bytes requestBody, List<String> errors) {}

    private final RouteTable routes;
    private final Authenticator authenticator;
    private final CallAudit audit;
    private final CrossOrigin origins;
    private final long bodyLimitBytes;
    private final RateLimiter calls;
    private final RateLimiter logins;
    private final RateLimiter pages;
    private final WebMessages messages = new WebMessages();

    Dispatcher(
            RouteTable routes, Authenticator authenticator, CallAudit audit, WebServerConfig config, TimeSource time) {
        this.routes = routes;
        this.authenticator = authenticator;
        this.audit = audit;
        this.origins = new CrossOrigin(config.allowOrigins());
        this.bodyLimitBytes = config.httpMaxSize().bytes();
        WebServerConfig.RateLimit rates = config.rateLimit();
        this.calls = new RateLimiter(time, rates.authenticated(), rates.authenticatedPeriod());
        this.logins = new RateLimiter(time, rates.unauthenticated(), rates.unauthenticatedPeriod());
        this.pages = new RateLimiter(time, PAGES_LIMIT_PER_MINUTE, Duration.ofMinutes(1));
    }

    Outcome dispatch(Request request) throws IOException {
        Optional<Match> match = routes.find(request.method(), request.segments());
        if (match.isEmpty()
                && routes.otherSlash(request.method(), request.segments()).isPresent()) {
            return bare(redirect(request));
        }
        if (match.isPresent() && match.get().route().limit() == Limit.NONE) {
            return call(match.get(), request);
        }
        if (request.contentLength() > bodyLimitBytes) {
            return bare(Answer.text(413, "request too large"));
        }
        return switch (origins.decide(request.method(), request.header("origin"), request.header("host"))) {
            case Decision.Refused refused -> bare(Answer.empty(403));
            case Decision.Preflight(Map<String, String> headers) -> bare(withAll(Answer.empty(204), headers));
            case Decision.Allowed(Map<String, String> headers) -> secured(match, request, headers);
            case Decision.SameOrigin same -> secured(match, request, Map.of());
        };
    }

    private Outcome secured(Optional<Match> match, Request request, Map<String, String> originHeaders)
            throws IOException {
        Limit limit = match.map(found -> found.route().limit()).orElse(Limit.PAGE);
        TreeMap<String, String> headers = new TreeMap<>(SECURITY_HEADERS);
        headers.putAll(originHeaders);
        if (!take(limit, request.clientAddress(), headers)) {
            return bare(withAll(Answer.text(429, "Limit exceeded"), headers));
        }
        Outcome outcome = match.isPresent() ? call(match.get(), request) : bare(Pages.fallback(request.path()));
        return new Outcome(
                withAll(outcome.answer(), headers), outcome.template(), outcome.requestBody(), outcome.errors());
    }

    /** Takes from the buckets of a limit; the last one's numbers go into the headers. */
    private boolean take(Limit limit, String client, Map<String, String> headers) {
        List<RateLimiter> buckets =
                switch (limit) {
                    case NONE -> List.of();
                    case API -> List.of(calls);
                    case LOGIN -> List.of(calls, logins);
                    case PAGE -> List.of(pages);
                };
        boolean allowed = true;
        for (RateLimiter bucket : buckets) {
            RateLimiter.Verdict verdict = bucket.take(client);
            headers.put("X-RateLimit-Limit", String.valueOf(verdict.limit()));
            headers.put("X-RateLimit-Remaining", String.valueOf(verdict.remaining()));
            headers.put("X-RateLimit-Reset", String.valueOf(verdict.resetUnixSeconds()));
            allowed &= verdict.allowed();
        }
        return allowed;
    }

    private Outcome call(Match match, Request request) throws IOException {
        Route route = match.route();
        try {
            return switch (authenticator.check(route.access(), request.headers())) {
                case Authenticator.Outcome.Refused(Answer answer) -> outcome(route, answer, Bytes.EMPTY, List.of());
                case Authenticator.Outcome.Open open -> answer(match, request, null);
                case Authenticator.Outcome.Admitted(Caller caller) -> answer(match, request, caller);
            };
        } catch (FaultException e) {
            messages.fault(route.method(), route.template(), e.code(), e);
            return failed(route, reason(e));
        } catch (RuntimeException e) {
            messages.fault(route.method(), route.template(), "WEB_UNEXPECTED", e);
            return failed(route, "internal error (WEB_UNEXPECTED): see the log of the node");
        }
    }

    private static Outcome failed(Route route, String detail) {
        return outcome(route, Answer.error(500, detail), Bytes.EMPTY, List.of(detail));
    }

    /** What a route refuses is an answer; what fails inside it is a fault for {@link #call} to report. */
    private Outcome answer(Match match, Request request, @Nullable Caller caller) throws IOException {
        Route route = match.route();
        Bytes body = Bytes.EMPTY;
        try {
            body = Bytes.of(request.readBody(bodyLimitBytes));
            Call call = new Call(
                    match, request.path(), request.queries(), request.headers(), body, request.clientAddress(), caller);
            Optional<JsonNode> before = audit.before(call);
            Answer answer = route.handler().handle(call);
            audit.after(call, request.clientAddress(), before, answer);
            return outcome(route, answer, body, List.of());
        } catch (WebException e) {
            Answer answer = e.status() == 413 ? Answer.text(413, reason(e)) : Answer.error(e.status(), e.details());
            return outcome(route, answer, body, e.details());
        } catch (KeystoreException e) {
            return outcome(route, Answer.error(500, reason(e)), body, List.of(reason(e)));
        }
    }

    private static String reason(RuntimeException fault) {
        return String.valueOf(fault.getMessage());
    }

    private static Outcome outcome(Route route, Answer answer, Bytes body, List<String> errors) {
        return new Outcome(answer, route.template(), body, errors);
    }

    static Outcome bare(Answer answer) {
        return new Outcome(answer, "", Bytes.EMPTY, List.of());
    }

    private static Answer withAll(Answer answer, Map<String, String> headers) {
        TreeMap<String, String> all = new TreeMap<>(headers);
        all.putAll(answer.headers());
        return new Answer(answer.status(), answer.contentType(), answer.body(), all);
    }

    private static Answer redirect(Request request) {
        String path = request.path();
        String other = path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/";
        String target = request.query().isEmpty() ? other : other + "?" + request.query();
        return request.method().equals("GET")
                ? Answer.of(301, Answer.HTML, "<a href=\"" + Pages.escape(target) + "\">Moved Permanently</a>.\n\n")
                        .with("Location", target)
                : Answer.empty(307).with("Location", target);
    }
}
