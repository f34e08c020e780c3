package io.carabiner.migrate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The recorded texts beside the tests. */
final class Golden {

    private Golden() {}

    static String text(String file) {
        try (InputStream content = Golden.class.getResourceAsStream(file)) {
            if (content == null) {
                throw new IllegalStateException("no such file: " + file);
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
