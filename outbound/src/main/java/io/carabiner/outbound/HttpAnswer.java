package io.carabiner.outbound;

import io.carabiner.primitives.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * An answer, read as a whole.
 *
 * @param headers by lower-case name, the first value of each
 * @param url where it came from after all redirects
 */
public record HttpAnswer(int status, Map<String, String> headers, Bytes body, HttpUrl url) {

    /** The first value of a header, by its name in lower case. */
    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /** The body as UTF-8 text; what is not UTF-8 becomes U+FFFD. */
    public String text() {
        return new String(body.toArray(), StandardCharsets.UTF_8);
    }
}
