package io.carabiner.pipeline;

import io.carabiner.primitives.Bytes;
import java.util.Map;
import java.util.Optional;

/**
 * An answer, read as a whole.
 *
 * @param headers by lower-case name, the first value of each
 * @param url where it came from after all redirects
 */
record HttpAnswer(int status, Map<String, String> headers, Bytes body, HttpUrl url) {

    Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    String text() {
        return Coerce.utf8(body.toArray());
    }
}
