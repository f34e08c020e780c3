package io.carabiner.keystore;

import java.util.Locale;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON of a key file, with the words of Go's decoder for what is wrong. Stateless. */
final class KeyFileJson {

    /** A key file may be this long. */
    static final int SIZE_LIMIT_CHARACTERS = 65_536;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private KeyFileJson() {}

    static JsonNode parse(String file, Function<String, KeystoreException> refused) {
        if (file.length() > SIZE_LIMIT_CHARACTERS) {
            throw refused.apply("a key file has at most " + SIZE_LIMIT_CHARACTERS + " characters");
        }
        if (file.isBlank()) {
            throw refused.apply("unexpected end of JSON input");
        }
        try {
            JsonNode json = JSON.readTree(file);
            if (!json.isObject()) {
                throw refused.apply("a key file is a JSON object");
            }
            return json;
        } catch (UnexpectedEndOfInputException e) {
            throw refused.apply("unexpected end of JSON input");
        } catch (JacksonException e) {
            throw refused.apply(syntaxFault(file, e));
        }
    }

    private static String syntaxFault(String file, JacksonException fault) {
        char first = file.strip().charAt(0);
        if (first != '{') {
            return String.format(Locale.ROOT, "invalid character '%c' looking for beginning of value", first);
        }
        return fault.getLocation() == null
                ? "invalid JSON: it is nested too deeply, or a part of it is too long"
                : "invalid JSON at line " + fault.getLocation().getLineNr() + ", column "
                        + fault.getLocation().getColumnNr();
    }
}
