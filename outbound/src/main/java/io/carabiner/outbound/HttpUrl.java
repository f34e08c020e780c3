package io.carabiner.outbound;

import io.carabiner.primitives.GoQuote;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An absolute URL, or a path alone, as Go's ParseRequestURI reads it: looser than {@link URI}, with Go's messages.
 *
 * @param scheme lower case; empty for a path alone
 * @param userInfo what stands before the {@code @}
 * @param host without brackets
 * @param port 0 if none is written
 * @param target path and query as they go on the wire
 * @param text the URL as messages show it
 */
public record HttpUrl(String scheme, Optional<String> userInfo, String host, int port, String target, String text) {

    private static final String PATH_CHARACTERS = "-_.~$&+,/:;=@!*'()";
    private static final int PORT_INVALID = -1;

    /**
     * Reads a URL.
     *
     * @throws OutboundFailure with Go's message, without Go's sentinel
     */
    public static HttpUrl parse(String text) {
        if (text.isEmpty()) {
            throw fault(text, "empty url");
        }
        if (text.chars().anyMatch(character -> character < 0x20 || character == 0x7f)) {
            throw fault(text, "net/url: invalid control character in URL");
        }
        int colon = text.indexOf(':');
        String scheme = colon > 0 && isScheme(text.substring(0, colon)) ? text.substring(0, colon) : "";
        String rest = scheme.isEmpty() ? text : text.substring(colon + 1);
        if (!rest.startsWith("/")) {
            throw fault(text, "invalid URI for request");
        }
        if (scheme.isEmpty() || !rest.startsWith("//")) {
            return of(text, scheme.toLowerCase(java.util.Locale.ROOT), "", rest);
        }
        int slash = firstOf(rest, 2);
        return of(text, scheme.toLowerCase(java.util.Locale.ROOT), rest.substring(2, slash), rest.substring(slash));
    }

    private static int firstOf(String rest, int from) {
        for (int i = from; i < rest.length(); i++) {
            if (rest.charAt(i) == '/' || rest.charAt(i) == '?') {
                return i;
            }
        }
        return rest.length();
    }

    private static boolean isScheme(String text) {
        return text.matches("[a-zA-Z][a-zA-Z0-9+.-]*");
    }

    private static HttpUrl of(String text, String scheme, String authority, String pathAndQuery) {
        int question = pathAndQuery.indexOf('?');
        String path = question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
        String query = question < 0 ? "" : pathAndQuery.substring(question);
        String encodedPath = encodePath(text, path);
        int at = authority.lastIndexOf('@');
        Optional<String> userInfo = at < 0 ? Optional.empty() : Optional.of(authority.substring(0, at));
        String hostAndPort = authority.substring(at + 1);
        if (hostAndPort.chars().anyMatch(character -> character == ' ' || character == '<' || character == '"')) {
            throw fault(text, "invalid character " + GoQuote.quote(" ") + " in host name");
        }
        int portColon = hostAndPort.lastIndexOf(':');
        boolean hasPort = portColon > hostAndPort.lastIndexOf(']');
        String host = hasPort ? hostAndPort.substring(0, portColon) : hostAndPort;
        int port = hasPort ? port(text, hostAndPort.substring(portColon + 1)) : 0;
        String shown = (scheme.isEmpty() ? "" : scheme + "://")
                + userInfo.map(user -> masked(user) + "@").orElse("")
                + hostAndPort
                + encodedPath
                + query;
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        String target = (encodedPath.isEmpty() ? "/" : encodedPath) + query;
        return new HttpUrl(scheme, userInfo, bare, port, target, shown);
    }

    private static String masked(String user) {
        int colon = user.indexOf(':');
        return colon < 0 ? user : user.substring(0, colon) + ":***";
    }

    private static int port(String text, String digits) {
        if (digits.isEmpty()) {
            return 0;
        }
        if (!digits.matches("[0-9]+")) {
            throw fault(text, "invalid port " + GoQuote.quote(":" + digits) + " after host");
        }
        return digits.length() > 5 || Integer.parseInt(digits) > 65_535 ? PORT_INVALID : Integer.parseInt(digits);
    }

    private static String encodePath(String text, String path) {
        StringBuilder encoded = new StringBuilder();
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char character = (char) (bytes[i] & 0xff);
            if (character == '%') {
                checkEscape(text, bytes, i);
                encoded.append(character);
            } else if (isPlain(character)) {
                encoded.append(character);
            } else {
                encoded.append(String.format("%%%02X", (int) character));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || PATH_CHARACTERS.indexOf(character) >= 0;
    }

    private static void checkEscape(String text, byte[] bytes, int at) {
        boolean valid = at + 2 < bytes.length
                && Character.digit(bytes[at + 1], 16) >= 0
                && Character.digit(bytes[at + 2], 16) >= 0;
        if (!valid) {
            String escape = new String(bytes, at, Math.min(3, bytes.length - at), StandardCharsets.UTF_8);
            throw fault(text, "invalid URL escape " + GoQuote.quote(escape));
        }
    }

    private static OutboundFailure fault(String text, String reason) {
        return new OutboundFailure("parse " + GoQuote.quote(text) + ": " + reason);
    }

    /** Where a redirect from here leads to. */
    HttpUrl resolve(String location) {
        if (location.matches("(?i)[a-z][a-z0-9+.-]*:.*")) {
            return parse(location);
        }
        int hash = location.indexOf('#');
        String clean = hash < 0 ? location : location.substring(0, hash);
        if (clean.startsWith("//")) {
            return parse(scheme + ":" + clean);
        }
        String base = origin();
        if (clean.startsWith("/")) {
            return parse(base + clean);
        }
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        if (clean.startsWith("?")) {
            return parse(base + path + clean);
        }
        try {
            return parse(base + URI.create(path).resolve(clean).toString());
        } catch (IllegalArgumentException e) {
            throw new OutboundFailure("failed to parse Location header " + GoQuote.quote(location));
        }
    }

    /** Scheme, host and port. */
    String origin() {
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return scheme + "://" + bracketed + (port == 0 ? "" : ":" + port);
    }

    /** The value of the header Host. */
    String hostHeader() {
        return origin().substring(scheme.length() + "://".length());
    }

    /** User and password without their percent signs. */
    static byte[] decoded(String userInfo) {
        return java.net.URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Host and port as they stand in a CONNECT line. */
    String hostAndPort() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + effectivePort();
    }

    boolean isSecure() {
        return scheme.equals("https");
    }

    /** The port to connect to. */
    int effectivePort() {
        return port != 0 ? port : isSecure() ? 443 : 80;
    }

    boolean hasValidPort() {
        return port != PORT_INVALID;
    }
}
