package io.carabiner.pipeline;

import io.carabiner.values.PipelineValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run's tasks may refer to: {@code jobSpec}, {@code jobRun} and whatever else the trigger brings. Immutable.
 *
 * @param values by top-level name; a name holds no dot
 */
public record Variables(Map<String, PipelineValue> values) {

    /** Copies the map and checks the names. */
    public Variables {
        values = Map.copyOf(values);
        for (String name : values.keySet()) {
            if (name.isEmpty() || name.indexOf('.') >= 0) {
                throw new IllegalArgumentException("not a variable's name: \"" + name + "\"");
            }
        }
    }

    /** Nothing to refer to. */
    public static Variables empty() {
        return new Variables(Map.of());
    }

    /** One more variable, or another value for one. */
    public Variables with(String name, PipelineValue value) {
        Map<String, PipelineValue> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Variables(more);
    }

    /** The column {@code inputs}: a JSON object. */
    public String toJson() {
        return PipelineValue.map(values).toJson();
    }

    /**
     * Reads the column {@code inputs}.
     *
     * @throws IllegalArgumentException if the text is not a JSON object
     */
    public static Variables fromJson(String json) {
        if (PipelineValue.fromJson(json) instanceof PipelineValue.Fields(Map<String, PipelineValue> fields)) {
            return new Variables(fields);
        }
        throw new IllegalArgumentException("a run's inputs must be a JSON object");
    }
}
