package io.carabiner.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.TimeSource;
import io.carabiner.values.Coerce;
import io.carabiner.values.GoText;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The inputs and outputs of the Go node's own tests of its tasks, one file a task in conformance/: every row as often
 * as there are ways to give the value, in memory and again with all values as they come back from the database.
 *
 * <p>A row has the task's attributes, variables ({@code vars}), inputs, and the value or a part of the error that is
 * expected. Where it has {@code param} and {@code value}, that value is given as input, as literal and as variable;
 * where it has {@code list}, the inputs are also given as a list of references in that attribute. What is expected
 * otherwise here has a {@code because}.
 */
final class ConformanceTest {

    private static final int ROWS_MIN = 450;
    private static final int PARAMETER_ROWS_MIN = 160;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** One run: what the task has, and what the tasks before it have brought. */
    record Case(
            String name,
            Map<String, String> attributes,
            Map<String, TaskResult> variables,
            List<TaskResult> inputs,
            JsonNode row) {}

    @Test
    void everyRow_comesOutAsInTheGoNode_inMemoryAndThroughTheDatabase() throws Exception {
        List<String> different = new ArrayList<>();
        int rows = 0;
        try (PipelineRunner runner = Runs.runner(TimeSource.system())) {
            for (String type : TaskTypes.names()) {
                Optional<JsonNode> file = file(type);
                rows += file.map(found -> found.get("rows").size()).orElse(0);
                for (Case tried : file.map(ConformanceTest::cases).orElse(List.of())) {
                    for (boolean stored : new boolean[] {false, true}) {
                        difference(runner, type, tried, stored)
                                .ifPresent(text -> different.add(
                                        type + ": " + tried.name() + (stored ? ", stored" : "") + "\n    " + text));
                    }
                }
            }
        }
        assertThat(different).isEmpty();
        assertThat(rows).isGreaterThan(ROWS_MIN);
    }

    @Test
    void everyParameter_takesWhatTheGoNodesTakes_inMemoryAndThroughTheDatabase() throws Exception {
        List<String> different = new ArrayList<>();
        JsonNode rows = file("parameters").orElseThrow().get("rows");
        for (JsonNode row : rows) {
            PipelineValue value = TypedValues.value(row.get("value"));
            PipelineValue stored = PipelineValue.fromStored(value.toJson(), value.kinds());
            for (PipelineValue given : List.of(value, stored)) {
                String got = coerced(row.get("param").asString(), given);
                String wanted =
                        row.has("error") ? row.get("error").asString() : shown(TypedValues.value(row.get("expect")));
                if (row.has("error") ? !got.startsWith("error: ") || !got.contains(wanted) : !got.equals(wanted)) {
                    different.add(row + "\n    " + got);
                }
            }
        }
        assertThat(different).isEmpty();
        assertThat(rows.size()).isGreaterThan(PARAMETER_ROWS_MIN);
    }

    private static String coerced(String parameter, PipelineValue value) {
        try {
            return switch (parameter) {
                case "String" -> shown(PipelineValue.text(Coerce.string(value)));
                case "Bytes" -> shown(PipelineValue.bytes(Coerce.bytes(value)));
                case "Address" -> shown(PipelineValue.address(Coerce.address(value)));
                case "AddressSlice" -> Coerce.addresses(value).toString();
                case "Uint64" -> Coerce.uint64(value).toString();
                case "MaybeUint64" ->
                    Coerce.maybeUint64(value).map(BigInteger::toString).orElse("[]");
                case "MaybeBigInt" ->
                    Coerce.maybeBig(value).map(BigInteger::toString).orElse("[]");
                case "MaybeInt32" -> {
                    OptionalInt number = Coerce.maybeInt32(value);
                    yield number.isEmpty() ? "[]" : Integer.toString(number.getAsInt());
                }
                case "Bool" -> Boolean.toString(Coerce.bool(value));
                case "Decimal" -> shown(PipelineValue.decimal(Coerce.decimal(value)));
                case "Map" ->
                    Coerce.map(value)
                            .map(fields -> shown(PipelineValue.map(fields)))
                            .orElse("[]");
                case "Slice" -> shown(PipelineValue.list(Coerce.list(value)));
                case "HashSlice" -> Coerce.hashes(value).toString();
                case "DecimalSlice" ->
                    shown(PipelineValue.list(Coerce.list(value).stream()
                            .map(Coerce::decimal)
                            .map(PipelineValue::decimal)
                            .toList()));
                case "JSONPath" -> Coerce.jsonPath(value, "").toString();
                default -> throw new IllegalArgumentException(parameter);
            };
        } catch (TaskFailure e) {
            return "error: " + e.text();
        }
    }

    /** As a text in which nothing is an empty list. */
    private static String shown(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Null() -> "[]";
            case PipelineValue.Whole whole -> whole.value().toString();
            case PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind ignored) ->
                bytes.isEmpty() ? "[]" : bytes.toString();
            case PipelineValue.Items items ->
                items.items().stream().map(ConformanceTest::shown).toList().toString();
            default -> GoText.print(value);
        };
    }

    private static Optional<JsonNode> file(String type) throws IOException {
        try (InputStream in = ConformanceTest.class.getResourceAsStream("/conformance/" + type + ".json")) {
            return in == null ? Optional.empty() : Optional.of(JSON.readTree(in));
        }
    }

    private static List<Case> cases(JsonNode file) {
        List<Case> cases = new ArrayList<>();
        for (JsonNode row : file.get("rows")) {
            if (row.has("param")) {
                JsonNode ways = row.has("ways") ? row.get("ways") : file.get("ways");
                ways.forEach(way -> cases.add(oneValue(row, way.asString())));
            } else {
                cases.add(new Case(row.get("name").asString(), attributes(row), variables(row), inputs(row), row));
                if (row.has("list") && !row.path("inputs").isEmpty()) {
                    cases.add(asList(row));
                }
            }
        }
        return cases;
    }

    private static Case oneValue(JsonNode row, String way) {
        PipelineValue value = TypedValues.value(row.get("value"));
        Map<String, String> attributes = attributes(row);
        Map<String, TaskResult> variables = new LinkedHashMap<>();
        List<TaskResult> inputs = new ArrayList<>();
        String param = row.get("param").asString();
        switch (way) {
            case "input" -> inputs.add(new TaskResult.Success(value));
            case "literal" -> attributes.put(param, GoText.print(value));
            case "variable" -> {
                attributes.put(param, "$(foo.bar)");
                variables.put("foo", new TaskResult.Success(PipelineValue.map(Map.of("bar", value))));
            }
            default -> throw new IllegalArgumentException(way);
        }
        return new Case(row.get("name").asString() + ", as " + way, attributes, variables, inputs, row);
    }

    private static Case asList(JsonNode row) {
        Map<String, String> attributes = attributes(row);
        Map<String, TaskResult> variables = new LinkedHashMap<>();
        List<String> references = new ArrayList<>();
        for (JsonNode input : row.get("inputs")) {
            String name = "v" + references.size();
            references.add("$(" + name + ")");
            variables.put(name, TypedValues.result(input));
        }
        attributes.put(row.get("list").asString(), "[" + String.join(",", references) + "]");
        return new Case(row.get("name").asString() + ", as list", attributes, variables, List.of(), row);
    }

    private static Map<String, String> attributes(JsonNode row) {
        Map<String, String> attributes = new TreeMap<>();
        row.path("attrs")
                .properties()
                .forEach(attribute ->
                        attributes.put(attribute.getKey(), GoText.print(TypedValues.value(attribute.getValue()))));
        return attributes;
    }

    private static Map<String, TaskResult> variables(JsonNode row) {
        Map<String, TaskResult> variables = new LinkedHashMap<>();
        row.path("vars")
                .properties()
                .forEach(variable -> variables.put(variable.getKey(), TypedValues.result(variable.getValue())));
        return variables;
    }

    private static List<TaskResult> inputs(JsonNode row) {
        List<TaskResult> inputs = new ArrayList<>();
        row.path("inputs").forEach(input -> inputs.add(TypedValues.result(input)));
        return inputs;
    }

    private static Optional<String> difference(PipelineRunner runner, String type, Case tried, boolean stored)
            throws InterruptedException {
        StringBuilder dot = new StringBuilder("task_ [type=").append(type);
        tried.attributes()
                .forEach((name, value) ->
                        dot.append(' ').append(name).append('=').append(DotQuotes.quote(value)));
        dot.append("]\n");
        List<TaskRun> before = new ArrayList<>();
        tried.variables().forEach((name, result) -> before.add(ended(dot, name, result, stored)));
        for (TaskResult input : tried.inputs()) {
            String name = "in_" + before.size();
            before.add(ended(dot, name, input, stored));
            dot.append(name).append(" -> task_\n");
        }
        RunOutcome outcome = runner.resume(Pipeline.parse(dot.toString()), Variables.empty(), before, Runs.CONTEXT);
        TaskRun run = outcome.taskRuns().stream()
                .filter(task -> task.dotId().equals("task_"))
                .findFirst()
                .orElseThrow();
        return difference(tried.row(), run);
    }

    private static TaskRun ended(StringBuilder dot, String name, TaskResult result, boolean stored) {
        dot.append(name).append(" [type=memo value=0]\n");
        TaskRun run =
                new TaskRun(UUID.randomUUID(), name, "memo", -1, result, Instant.EPOCH, Optional.of(Instant.EPOCH));
        return stored ? asStored(run) : run;
    }

    /** A task run as it comes back from the database. */
    static TaskRun asStored(TaskRun run) {
        TaskResult result = run.outputJson()
                .<TaskResult>map(json -> new TaskResult.Success(PipelineValue.fromStored(json, run.outputKinds())))
                .orElse(run.result());
        return new TaskRun(run.id(), run.dotId(), run.type(), run.index(), result, run.createdAt(), run.finishedAt());
    }

    private static Optional<String> difference(JsonNode row, TaskRun run) {
        if (row.has("error")) {
            String wanted = row.get("error").asString();
            return run.error().filter(error -> error.contains(wanted)).isPresent()
                    ? Optional.empty()
                    : Optional.of("wanted the error " + wanted + "\n    got " + run.result());
        }
        if (row.has("json")) {
            JsonNode wanted = JSON.readTree(row.get("json").asString());
            return run.outputJson().map(JSON::readTree).filter(wanted::equals).isPresent()
                    ? Optional.empty()
                    : Optional.of("wanted " + wanted + "\n    got " + run.result());
        }
        PipelineValue wanted = TypedValues.value(row.get("expect"));
        boolean same = run.result() instanceof TaskResult.Success(PipelineValue value)
                && TypedValues.same(value, wanted)
                && asStored(run).result() instanceof TaskResult.Success(PipelineValue restored)
                && TypedValues.same(restored, wanted);
        return same ? Optional.empty() : Optional.of("wanted " + wanted + "\n    got " + run.result());
    }
}
