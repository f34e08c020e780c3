package io.carabiner.web;

import io.carabiner.config.WebServerConfig;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.WebMessages;
import io.carabiner.web.Dispatcher.Outcome;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpHeader;

/** Between the HTTP library and the dispatcher: reads requests, writes answers, counts and logs both. Thread-safe. */
final class Exchange {

    private static final int DRAIN_LIMIT_BYTES = 1 << 16;

    private final RouteTable routes;
    private final Dispatcher dispatcher;
    private final HttpsRedirect redirect;
    private final HttpMetrics metrics;
    private final TimeSource time;
    private final WebMessages messages = new WebMessages();

    private Exchange(
            RouteTable routes, Dispatcher dispatcher, HttpsRedirect redirect, HttpMetrics metrics, TimeSource time) {
        this.routes = routes;
        this.dispatcher = dispatcher;
        this.redirect = redirect;
        this.metrics = metrics;
        this.time = time;
    }

    static Exchange of(WebServerConfig config, WebServices services, Optional<ServerCertificate> certificate) {
        Sessions sessions = new Sessions(
                services.database(), services.time(), config.sessionTimeout(), config.sessionReaperExpiration());
        ApiTokens tokens = new ApiTokens(services.database(), services.time());
        RouteTable table = new RouteTable(Routes.all(services, sessions, tokens, config));
        Dispatcher dispatcher = new Dispatcher(
                table,
                new Authenticator(sessions, tokens, services.oracle().webhooks().initiators()),
                new CallAudit(services.audit(), table),
                config,
                services.time());
        return new Exchange(
                table,
                dispatcher,
                HttpsRedirect.of(config.tls(), certificate.isPresent()),
                new HttpMetrics(services.telemetry().metrics()),
                services.time());
    }

    RouteTable routes() {
        return routes;
    }

    void handle(Context context) throws IOException {
        long startNanos = time.monotonicNanos();
        Instant servedAt = time.now();
        Request request = request(context);
        Optional<Answer> elsewhere = context.req().isSecure() ? Optional.empty() : redirect.answer(request);
        Outcome outcome = elsewhere.isPresent() ? Dispatcher.bare(elsewhere.get()) : dispatcher.dispatch(request);
        drain(context.req());
        write(context, request, outcome.answer());
        Duration took = Duration.ofNanos(time.monotonicNanos() - startNanos);
        metrics.count(request, outcome, took);
        messages.request(
                request.method(),
                outcome.answer().status(),
                request.path(),
                outcome.template(),
                Redaction.query(request.query()),
                outcome.template().equals(QueryRoutes.PATH)
                        ? Redaction.queryBody(outcome.requestBody().toArray())
                        : Redaction.body(outcome.requestBody().toArray()),
                new WebMessages.Circumstances(
                        request.clientAddress(), errors(outcome), servedAt.toString(), GoFormats.duration(took)));
    }

    /** A refused request's body is read all the same: with bytes left over, the server would cut the connection. */
    private static void drain(HttpServletRequest raw) throws IOException {
        long length = raw.getContentLengthLong();
        if (length > 0 && length <= DRAIN_LIMIT_BYTES) {
            raw.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    private static String errors(Outcome outcome) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < outcome.errors().size(); i++) {
            lines.append("Error #%02d: %s\n".formatted(i + 1, outcome.errors().get(i)));
        }
        return lines.toString();
    }

    private static Request request(Context context) throws IOException {
        HttpServletRequest raw = context.req();
        String path = raw.getRequestURI();
        String query = raw.getQueryString() == null ? "" : raw.getQueryString();
        return new Request(
                raw.getMethod(),
                path,
                Arrays.stream(path.split("/", -1)).map(Exchange::decodePath).toList(),
                query,
                queries(query),
                headers(raw),
                raw.getRemoteAddr(),
                raw.getContentLengthLong(),
                raw.getInputStream());
    }

    private static String decodePath(String segment) {
        return decode(segment.replace("+", "%2B"));
    }

    private static Map<String, List<String>> queries(String query) {
        LinkedHashMap<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.computeIfAbsent(decode(name), absent -> new ArrayList<>())
                        .add(decode(value));
            }
        }
        return values;
    }

    /** Decodes; text with a broken escape stays as it is. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static Map<String, String> headers(HttpServletRequest raw) {
        HashMap<String, String> headers = new HashMap<>();
        for (String name : Collections.list(raw.getHeaderNames())) {
            headers.putIfAbsent(name.toLowerCase(Locale.ROOT), raw.getHeader(name));
        }
        return headers;
    }

    /** Past the servlet layer, which would take the space out of {@code application/json; charset=utf-8}. */
    private static void writeContentType(Context context, String contentType) {
        ServletContextRequest.getServletContextRequest(context.req())
                .getServletContextResponse()
                .getWrapped()
                .getHeaders()
                .put(HttpHeader.CONTENT_TYPE, contentType);
    }

    private static void write(Context context, Request request, Answer answer) throws IOException {
        context.res().setStatus(answer.status());
        answer.headers().forEach((name, value) -> context.res().setHeader(name, value));
        if (!answer.contentType().isEmpty()) {
            writeContentType(context, answer.contentType());
        }
        boolean hasBody = answer.status() != 204 && !request.method().equals("HEAD");
        if (hasBody) {
            context.res().setContentLength(answer.body().size());
            context.res().getOutputStream().write(answer.body().toArray());
        }
    }
}
