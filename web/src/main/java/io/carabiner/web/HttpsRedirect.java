package io.carabiner.web;

import io.carabiner.config.WebServerConfig;
import java.util.Optional;

/**
 * Sends callers from HTTP to HTTPS where {@code WebServer.TLS.ForceRedirect} says so (Go node 2.15,
 * core/web/router.go). Immutable.
 *
 * @param active whether it does
 * @param host where to, as configured; empty for the host that was called, at the port of HTTPS
 * @param port the port of HTTPS
 */
record HttpsRedirect(boolean active, Optional<String> host, int port) {

    private static final int HTTPS = 443;

    static HttpsRedirect of(WebServerConfig.Tls tls, boolean speaksTls) {
        return new HttpsRedirect(tls.forceRedirect() && speaksTls, tls.host(), tls.httpsPort());
    }

    /** The answer to a request that came without TLS; empty if it may pass. */
    Optional<Answer> answer(Request request) {
        if (!active) {
            return Optional.empty();
        }
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        String target = "https://" + host.orElseGet(() -> here(request.header("host"))) + request.path() + query;
        return Optional.of(
                Answer.empty(request.method().equals("GET") ? 301 : 307).with("Location", target));
    }

    private String here(String called) {
        String name = called.replaceFirst(":[0-9]+$", "");
        return port == HTTPS ? name : name + ":" + port;
    }
}
