package io.carabiner.outbound;

import io.carabiner.primitives.GoQuote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to send.
 *
 * @param headers by canonical name; Content-Type is always there
 * @param restricted whether only public addresses may be reached
 */
public record HttpRequestData(
        String method, HttpUrl url, Map<String, String> headers, Optional<byte[]> body, boolean restricted) {

    private static final String TOKEN_CHARACTERS = "!#$%&'*+-.^_`|~";

    /** A request with the headers of the Go node; fails if the method is no token. */
    public static HttpRequestData of(
            String method, HttpUrl url, List<String> headerPairs, Optional<byte[]> body, boolean restricted) {
        if (!isToken(method)) {
            throw new OutboundFailure(
                    "failed to create http.Request: net/http: invalid method " + GoQuote.quote(method));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        for (int i = 0; i + 1 < headerPairs.size(); i += 2) {
            headers.put(canonical(headerPairs.get(i)), headerPairs.get(i + 1));
        }
        return new HttpRequestData(method.isEmpty() ? "GET" : method, url, headers, body, restricted);
    }

    /** Go's canonical form: upper case at the beginning and after each hyphen; other names stay as they are. */
    static String canonical(String name) {
        if (!isToken(name) || name.isEmpty()) {
            return name;
        }
        StringBuilder canonical = new StringBuilder();
        boolean upper = true;
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            canonical.append(upper ? Character.toUpperCase(character) : Character.toLowerCase(character));
            upper = character == '-';
        }
        return canonical.toString();
    }

    private static boolean isToken(String text) {
        return text.chars()
                .allMatch(character -> character < 0x80
                        && (Character.isLetterOrDigit(character) || TOKEN_CHARACTERS.indexOf(character) >= 0));
    }

    /** Fails if a header cannot be sent. */
    void checkHeaders() {
        headers.forEach((name, value) -> {
            if (name.isEmpty() || !isToken(name)) {
                throw new OutboundFailure("net/http: invalid header field name " + GoQuote.quote(name));
            }
            if (value.chars().anyMatch(character -> (character < 0x20 && character != '\t') || character == 0x7f)) {
                throw new OutboundFailure("net/http: invalid header field value for " + GoQuote.quote(name));
            }
        });
    }

    /** How Go's messages begin: the method with one capital. */
    String verb() {
        return method.isEmpty() ? "Get" : method.charAt(0) + method.substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
