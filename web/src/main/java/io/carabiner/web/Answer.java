package io.carabiner.web;

import io.carabiner.primitives.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What goes back to the caller.
 *
 * @param contentType empty for none
 */
record Answer(int status, String contentType, Bytes body, Map<String, String> headers) {

    static final String JSON_API = "application/vnd.api+json";
    static final String JSON = "application/json; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";
    static final String HTML = "text/html; charset=utf-8";

    static Answer of(int status, String contentType, String body) {
        return new Answer(status, contentType, Bytes.of(body.getBytes(StandardCharsets.UTF_8)), Map.of());
    }

    static Answer empty(int status) {
        return of(status, "", "");
    }

    /** An empty answer of a JSON:API route: 204. */
    static Answer noContent() {
        return of(204, JSON_API, "");
    }

    static Answer text(int status, String text) {
        return of(status, TEXT, text);
    }

    /** Any value as plain JSON. */
    static Answer json(int status, Object value) {
        return of(status, JSON, GoJson.write(value));
    }

    /** The error envelope. */
    static Answer error(int status, List<String> details) {
        return json(
                status,
                Map.of(
                        "errors",
                        details.stream().map(detail -> Map.of("detail", detail)).toList()));
    }

    static Answer error(int status, String detail) {
        return error(status, List.of(detail));
    }

    Answer with(String header, String value) {
        TreeMap<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, more);
    }
}
