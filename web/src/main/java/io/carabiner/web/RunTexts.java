package io.carabiner.web;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** The stored JSON of a run in the form that the API gives (Go node 2.15, core/services/pipeline/models.go). Pure. */
final class RunTexts {

    /** A number with a larger exponent keeps it: written out it would be as long. */
    private static final int PLAIN_EXPONENT_MAX = 400;

    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private RunTexts() {}

    /**
     * Outputs as texts: a text as it is, a number in plain digits, an object as JSON, null as nothing.
     *
     * @return empty where one of them is a boolean or a list, which the Go node cannot show either; the task runs have
     *     them
     */
    static Optional<List<Optional<String>>> outputs(String jsonArray) {
        List<Optional<String>> texts = new ArrayList<>();
        for (JsonNode output : EXACT.readTree(jsonArray)) {
            if (output.isBoolean() || output.isArray()) {
                return Optional.empty();
            }
            texts.add(Optional.ofNullable(text(output)));
        }
        return Optional.of(texts);
    }

    private static @Nullable String text(JsonNode output) {
        if (output.isNull()) {
            return null;
        }
        if (output.isObject()) {
            return GoJson.write(output);
        }
        return output.isString() ? output.stringValue() : plain(output.decimalValue());
    }

    private static String plain(BigDecimal number) {
        boolean readable = Math.abs((long) number.precision() - number.scale()) <= PLAIN_EXPONENT_MAX;
        return readable ? number.toPlainString() : number.toString();
    }

    /** Errors as texts, null as nothing. */
    static List<Optional<String>> errors(String jsonArray) {
        List<Optional<String>> texts = new ArrayList<>();
        for (JsonNode error : EXACT.readTree(jsonArray)) {
            texts.add(error.isNull() ? Optional.empty() : Optional.of(error.asString()));
        }
        return texts;
    }

    /**
     * JSON that goes out digit by digit as it was stored; only {@code < > &} become escapes, which texts alone have.
     */
    static RawValue verbatim(String json) {
        return new RawValue(json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"));
    }
}
