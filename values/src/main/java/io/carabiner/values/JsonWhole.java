package io.carabiner.values;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a text that must be one JSON value and nothing else, where all numbers become floats, as Go's Unmarshal does.
 */
public final class JsonWhole {

    private JsonWhole() {}

    /**
     * Reads the whole text.
     *
     * @throws TaskFailure with Go's message
     */
    public static PipelineValue read(String json) {
        try {
            return floats(JsonReader.readOnly(json));
        } catch (TaskFailure e) {
            boolean cut = e.text().equals("EOF") || e.text().equals("unexpected EOF");
            throw cut ? new TaskFailure("unexpected end of JSON input") : e;
        }
    }

    private static PipelineValue floats(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Whole whole ->
                new PipelineValue.Floating(whole.value().doubleValue());
            case PipelineValue.Items items ->
                PipelineValue.list(items.items().stream().map(JsonWhole::floats).toList());
            case PipelineValue.Fields(Map<String, PipelineValue> fields) -> {
                Map<String, PipelineValue> converted = new LinkedHashMap<>();
                fields.forEach((key, field) -> converted.put(key, floats(field)));
                yield PipelineValue.map(converted);
            }
            default -> value;
        };
    }

    /** How Go's messages name a JSON value. */
    public static String kindOf(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Bool ignored -> "bool";
            case PipelineValue.Text ignored -> "string";
            case PipelineValue.Items ignored -> "array";
            case PipelineValue.Fields ignored -> "object";
            default -> "number";
        };
    }
}
