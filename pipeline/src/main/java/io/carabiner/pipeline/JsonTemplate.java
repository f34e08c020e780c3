package io.carabiner.pipeline;

import io.carabiner.values.JsonReader;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An attribute that is JSON with {@code $(…)} where values may stand, read once. A reference becomes a map with one
 * reserved key, as in the Go node, so that such a map in the text itself is a reference too.
 */
sealed interface JsonTemplate {

    /** The reserved key. */
    String KEY = "__chainlink_key_path__";

    /** How the reader begins when a number is the fault. */
    String NUMBER_FAULT = "bad input for task; ";

    /** It can be read. */
    record Filled(PipelineValue value, boolean hasReferences, boolean allowErrors) implements JsonTemplate {}

    /** It cannot: every run fails with this text. */
    record Broken(String error) implements JsonTemplate {}

    /** Reads the text of an attribute that is not blank. */
    static JsonTemplate of(String attribute, boolean allowErrors) {
        String json = KeyPath.REFERENCE.matcher(attribute).replaceAll("{ \"" + KEY + "\": \"$1\" }");
        try {
            PipelineValue value = JsonReader.readFirst(json);
            return new Filled(value, json.contains(KEY), allowErrors);
        } catch (TaskFailure e) {
            String fault = e.text().startsWith(NUMBER_FAULT)
                    ? "while processing json.Number: " + e.text().substring(NUMBER_FAULT.length())
                    : "while unmarshalling JSON: " + e.text();
            return new Broken(fault + "; js: " + json + ": bad input for task");
        }
    }

    /** The value with all references replaced. */
    default Parameter.Found fill(TaskScope scope) {
        return switch (this) {
            case Broken(String error) -> throw new TaskFailure(error);
            case Filled(PipelineValue value, boolean hasReferences, boolean allowErrors) -> {
                if (!hasReferences) {
                    yield new Parameter.Found.One(value);
                }
                yield allowErrors && value instanceof PipelineValue.Items list
                        ? new Parameter.Found.Several(fillEach(list, scope))
                        : new Parameter.Found.One(replace(value, scope));
            }
        };
    }

    private static List<TaskResult> fillEach(PipelineValue.Items list, TaskScope scope) {
        List<TaskResult> results = new ArrayList<>();
        for (PipelineValue item : list.items()) {
            results.add(isReference(item) ? follow(item, scope) : new TaskResult.Success(replace(item, scope)));
        }
        return results;
    }

    private static PipelineValue replace(PipelineValue value, TaskScope scope) {
        if (isReference(value)) {
            return switch (follow(value, scope)) {
                case TaskResult.Success(PipelineValue found) -> found;
                case TaskResult.Failure(String error) -> throw TaskFailure.badInput("error is not allowed: " + error);
                case TaskResult.Pending() -> throw TaskFailure.badInput("error is not allowed: pending");
            };
        }
        return switch (value) {
            case PipelineValue.Fields(Map<String, PipelineValue> fields) -> {
                Map<String, PipelineValue> filled = new LinkedHashMap<>();
                fields.forEach((key, item) -> filled.put(key, replace(item, scope)));
                yield PipelineValue.map(filled);
            }
            case PipelineValue.Items items ->
                PipelineValue.list(
                        items.items().stream().map(item -> replace(item, scope)).toList());
            default -> value;
        };
    }

    private static boolean isReference(PipelineValue value) {
        return value instanceof PipelineValue.Fields(Map<String, PipelineValue> fields) && fields.containsKey(KEY);
    }

    private static TaskResult follow(PipelineValue reference, TaskScope scope) {
        if (reference instanceof PipelineValue.Fields(Map<String, PipelineValue> fields)
                && fields.get(KEY) instanceof PipelineValue.Text(String path)) {
            return KeyPath.of(path.strip()).follow(scope.variables());
        }
        throw TaskFailure.badInput("you cannot use " + KEY + " in your JSON");
    }
}
