package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

import java.time.Instant;

/** What the node says about its HTTP API. Thread-safe. */
public final class WebMessages {

    private final OperatorLog log;

    /** The messages; the Go node has no logger name for these. */
    public WebMessages() {
        this.log = OperatorLog.named("");
    }

    /** The port is open. */
    public void listening(String ip, int port) {
        log.info(
                "WEB_LISTENING",
                "Listening and serving HTTP on " + ip + ":" + port,
                field("ip", ip),
                field("port", port));
    }

    /** The port of HTTPS is open. */
    public void listeningWithTls(String ip, int port, Instant validUntil) {
        log.info(
                "WEB_LISTENING_TLS",
                "Listening and serving HTTPS on " + ip + ":" + port + ", certificate valid until " + validUntil,
                field("ip", ip),
                field("port", port));
    }

    /** HTTPS is configured, as it is by default, but there is no certificate. */
    public void noCertificate(String file) {
        log.info(
                "WEB_NO_CERTIFICATE",
                "HTTPS is off: there is no certificate " + file
                        + ". Set WebServer.TLS.CertPath and KeyPath, or Carabiner.WebServer.SelfSignedTLS",
                field("file", file));
    }

    /** A certificate was made. */
    public void certificateMade(String file, String names) {
        log.info(
                "WEB_CERTIFICATE_MADE",
                "Made a certificate that signs itself: " + file + " for " + names,
                field("file", file),
                field("names", names));
    }

    /**
     * What surrounded a request.
     *
     * @param errors one line each, empty if there were none
     * @param servedAt when it came in
     * @param latency how long it took, as a Go duration
     */
    public record Circumstances(String clientIp, String errors, String servedAt, String latency) {}

    /** A request was answered. Query and body must be free of secrets by now. */
    public void request(
            String method,
            int status,
            String path,
            String routeTemplate,
            String query,
            String body,
            Circumstances circumstances) {
        log.debug(
                "WEB_REQUEST",
                method + " " + path,
                field("method", method),
                field("status", status),
                field("path", path),
                field("ginPath", routeTemplate),
                field("query", query),
                field("body", body),
                field("clientIP", circumstances.clientIp()),
                field("errors", circumstances.errors()),
                field("servedAt", circumstances.servedAt()),
                field("latency", circumstances.latency()));
    }

    /** A route failed in a way nobody planned for, or a room reported a fault. */
    public void fault(String method, String routeTemplate, String faultCode, Throwable cause) {
        log.error(
                "WEB_FAULT",
                "An API call failed",
                cause,
                field("method", method),
                field("route", routeTemplate),
                field("fault", faultCode));
    }

    /** Somebody gave a wrong mail address or password. */
    public void loginRefused(String email) {
        log.warn("WEB_LOGIN_REFUSED", "Login refused: unknown email or wrong password", field("email", email));
    }
}
