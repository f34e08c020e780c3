package io.carabiner.web;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which other web pages may call the API: {@code WebServer.AllowOrigins} (Go node 2.15, core/web/router.go). Pure. */
final class CrossOrigin {

    /** What is done with a request because of its origin. */
    sealed interface Decision {

        /** Not from another page. */
        record SameOrigin() implements Decision {}

        /** From a page that may; the headers go into the answer. */
        record Allowed(Map<String, String> headers) implements Decision {}

        /** The browser asks beforehand; this is the whole answer. */
        record Preflight(Map<String, String> headers) implements Decision {}

        /** From a page that may not. */
        record Refused() implements Decision {}
    }

    private final Set<String> allowed;

    CrossOrigin(String allowOrigins) {
        this.allowed =
                Arrays.stream(allowOrigins.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    }

    /**
     * Decides.
     *
     * @param origin the header Origin, empty if absent
     * @param host the header Host
     */
    Decision decide(String method, String origin, String host) {
        if (origin.isEmpty() || List.of("http://" + host, "https://" + host).contains(origin)) {
            return new Decision.SameOrigin();
        }
        if (!allowed.contains("*") && !allowed.contains(origin)) {
            return new Decision.Refused();
        }
        String shown = allowed.contains("*") ? "*" : origin;
        return method.equals("OPTIONS")
                ? new Decision.Preflight(Map.of(
                        "Access-Control-Allow-Credentials", "true",
                        "Access-Control-Allow-Headers", "Origin,Content-Type,Accept",
                        "Access-Control-Allow-Methods", "GET,POST,PATCH,DELETE",
                        "Access-Control-Allow-Origin", shown,
                        "Access-Control-Max-Age", "2",
                        "Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"))
                : new Decision.Allowed(Map.of(
                        "Access-Control-Allow-Credentials", "true",
                        "Access-Control-Allow-Origin", shown,
                        "Access-Control-Expose-Headers", "Content-Length",
                        "Vary", "Origin"));
    }
}
