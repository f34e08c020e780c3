package io.carabiner.pipeline;

import io.carabiner.values.JsonWhole;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.util.ArrayList;
import java.util.List;

/** The attribute {@code headers}: a JSON array of names and values in turn, read when the graph is. */
sealed interface HttpHeaders {

    /** They can be read. */
    record Pairs(List<String> namesAndValues) implements HttpHeaders {}

    /** They cannot: every run fails with this text. */
    record Broken(String error, boolean isParameterFault) implements HttpHeaders {}

    static HttpHeaders of(String attribute) {
        if (attribute.isBlank()) {
            return new Pairs(List.of());
        }
        try {
            List<String> pairs = strings(JsonWhole.read(attribute));
            return pairs.size() % 2 == 0
                    ? new Pairs(pairs)
                    : new Broken("headers must have an even number of elements", false);
        } catch (TaskFailure e) {
            return new Broken("reqHeaders: " + e.text() + ": bad input for task", true);
        }
    }

    private static List<String> strings(PipelineValue value) {
        if (value instanceof PipelineValue.Null) {
            return List.of();
        }
        if (!(value instanceof PipelineValue.Items items)) {
            throw new TaskFailure(
                    "json: cannot unmarshal " + JsonWhole.kindOf(value) + " into Go value of type []string");
        }
        List<String> strings = new ArrayList<>();
        for (PipelineValue item : items.items()) {
            if (!(item instanceof PipelineValue.Text(String text))) {
                throw new TaskFailure(
                        "json: cannot unmarshal " + JsonWhole.kindOf(item) + " into Go value of type string");
            }
            strings.add(text);
        }
        return strings;
    }

    /** Names and values in turn. */
    default List<String> namesAndValues() {
        return switch (this) {
            case Pairs(List<String> pairs) -> pairs;
            case Broken(String error, boolean ignored) -> throw new TaskFailure(error);
        };
    }
}
