package io.carabiner.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.outbound.OutboundSettings;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import io.carabiner.values.GoNumbers;
import io.carabiner.values.PipelineValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs every recorded vector of a Go node 2.15.0. What must come out otherwise stands in known-differences.tsv with its
 * reason; a line there for a vector that does come out the same is an error too, so the list cannot silently grow or
 * rot.
 */
final class RecordedVectorsTest {

    private static final List<String> FILES =
            List.of(("any base64decode base64encode bridge cborparse conditional divide estimategaslimit"
                            + " ethabidecode ethabidecodelog ethabiencode ethabiencode2 ethcall ethtx"
                            + " graph hexdecode hexencode http jsonparse length lessthan lookup lowercase mean median memo"
                            + " merge mode multiply prerun-variables scheduling sum uppercase variables async vrf")
                    .split(" "));

    /** Tasks that answer otherwise when they are asked twice. */
    private static final List<String> NOT_REPEATABLE = List.of("any", "http", "bridge", "ethtx", "estimategaslimit");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Each vector is a job of its own. */
    private static final AtomicLong jobs = new AtomicLong();

    private static FakeSource source;
    private static PipelineRunner runner;

    @BeforeAll
    static void startSource() throws IOException {
        JsonNode world = read("source.json");
        source = new FakeSource(world.get("rules"));
        Map<String, Bridge> bridges = new HashMap<>();
        world.get("bridges")
                .properties()
                .forEach(bridge -> bridges.put(
                        bridge.getKey(),
                        new Bridge(
                                bridge.getKey(),
                                URI.create(placed(bridge.getValue().asString())),
                                0,
                                Optional.empty(),
                                "",
                                Instant.EPOCH,
                                Instant.EPOCH)));
        PipelineSettings settings = new PipelineSettings(
                Duration.ofMinutes(10),
                Duration.ofSeconds(15),
                32_768,
                Optional.of(URI.create("http://node.test/base")),
                Duration.ZERO,
                OutboundSettings.defaults());
        runner = new PipelineRunner(
                settings,
                name -> Optional.ofNullable(bridges.get(name.toLowerCase(java.util.Locale.ROOT))),
                new FakeEthereum(),
                TimeSource.system(),
                new Metrics());
    }

    @AfterAll
    static void stop() {
        runner.close();
        source.close();
    }

    private static JsonNode read(String name) throws IOException {
        try (InputStream in = RecordedVectorsTest.class.getResourceAsStream("/golden/pipeline/" + name)) {
            return JSON.readTree(in);
        }
    }

    private static String placed(String text) {
        return text.replace("$SOURCE_HOST", source.host()).replace("$SOURCE", source.url());
    }

    @Test
    void everyVector_comesOutAsRecorded_orIsAKnownDifference() throws Exception {
        Map<String, String> known = knownDifferences();
        List<String> unexpected = new ArrayList<>();
        int same = 0;
        for (String file : FILES) {
            for (JsonNode vector : read(file + ".json")) {
                String name = file + ": " + vector.get("name").asString();
                String difference = difference(vector);
                if (difference.isEmpty()) {
                    same++;
                    if (known.remove(name) != null) {
                        unexpected.add(name + " is listed as different but comes out the same");
                    }
                } else if (known.remove(name) == null) {
                    unexpected.add(name + "\n    " + difference);
                }
            }
        }
        known.keySet().forEach(name -> unexpected.add(name + " is listed as different but there is no such vector"));
        assertThat(unexpected).as(same + " vectors are the same; the others").isEmpty();
        assertThat(same).isGreaterThan(1_700);
    }

    /** As if the node had been stopped before the last tasks: they read what the others left in the database. */
    @Test
    void lastTasks_haveTheSameResult_whenTheOthersWentThroughTheDatabase() throws Exception {
        List<String> different = new ArrayList<>();
        int tried = 0;
        for (String file : FILES) {
            for (JsonNode vector : read(file + ".json")) {
                Optional<String> difference = storedDifference(vector);
                tried += difference.isPresent() ? 1 : 0;
                difference
                        .filter(text -> !text.isEmpty())
                        .ifPresent(text -> different.add(file + ": " + vector.get("name") + "\n    " + text));
            }
        }
        assertThat(different).isEmpty();
        assertThat(tried).isGreaterThan(1_000);
    }

    /** Empty if no task looks at another one, or the run is not over at once. */
    private static Optional<String> storedDifference(JsonNode vector) throws InterruptedException {
        if (vector.has("create") || vector.has("run") || vector.has("steps")) {
            return Optional.empty();
        }
        Pipeline pipeline;
        try {
            pipeline = Pipeline.parse(placed(vector.get("observationSource").asString()));
        } catch (PipelineSyntaxException e) {
            return Optional.empty();
        }
        if (pipeline.tasks().stream().allMatch(task -> task.dependencies().isEmpty())
                || pipeline.tasks().stream().anyMatch(task -> NOT_REPEATABLE.contains(task.type()))) {
            return Optional.empty();
        }
        RunOutcome inMemory = runner.run(pipeline, variables(vector), context(vector));
        List<TaskRun> stored = inMemory.taskRuns().stream()
                .filter(run -> !inMemory.terminals().contains(run))
                .map(ConformanceTest::asStored)
                .toList();
        RunOutcome resumed = runner.resume(pipeline, variables(vector), stored, context(vector));
        String wanted = inMemory.outputsJson() + inMemory.fatalErrorsJson();
        String got = resumed.outputsJson() + resumed.fatalErrorsJson();
        return Optional.of(wanted.equals(got) ? "" : "wanted " + wanted + "\n    got    " + got);
    }

    private static Map<String, String> knownDifferences() throws IOException {
        Map<String, String> known = new TreeMap<>();
        try (InputStream in = RecordedVectorsTest.class.getResourceAsStream("/golden/pipeline/known-differences.tsv")) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    String[] columns = line.split("\t", -1);
                    assertThat(columns).as(line).hasSize(2);
                    assertThat(known.put(columns[1], columns[0]))
                            .as("twice: " + line)
                            .isNull();
                }
            }
        }
        return known;
    }

    private static String difference(JsonNode vector) throws InterruptedException {
        String text = "\n" + placed(vector.get("observationSource").asString()) + "\n";
        Pipeline pipeline;
        try {
            pipeline = Pipeline.parse(text);
        } catch (PipelineSyntaxException e) {
            return differenceOfRefusal(vector, e);
        }
        if (vector.has("create")) {
            return "should be refused: " + vector.get("create");
        }
        RunOutcome outcome = runner.run(pipeline, variables(vector), context(vector));
        if (vector.has("run")) {
            boolean failedEarly = vector.get("run").get("body").asString().isEmpty();
            return failedEarly && outcome.failedEarly()
                    ? ""
                    : "should not run: " + vector.get("run") + ", got " + outcome;
        }
        String difference = differenceOfOutcome(vector, outcome);
        if (difference.isEmpty() && vector.has("steps")) {
            return differenceOfSteps(vector, pipeline, outcome);
        }
        return difference;
    }

    private static String differenceOfRefusal(JsonNode vector, PipelineSyntaxException refusal) {
        if (!vector.has("create")) {
            return "refused: " + refusal.getMessage();
        }
        String detail = vector.get("create")
                .get("body")
                .get("errors")
                .get(0)
                .get("detail")
                .asString();
        String wanted = detail.replaceFirst("^failed to parse TOML: \\(5, 1\\): unmarshal text: ", "");
        String got = refusal.faults().getFirst().message();
        if (wanted.startsWith("could not unmarshal DOT into a pipeline.Graph: 2:")
                || wanted.startsWith("could not unmarshal DOT into a pipeline.Graph: 4:")) {
            return got.startsWith("could not unmarshal DOT into a pipeline.Graph: ") ? "" : got;
        }
        return got.equals(wanted) ? "" : "wanted " + wanted + "\n    got    " + got;
    }

    private static Variables variables(JsonNode vector) {
        Map<String, PipelineValue> jobRun = Map.of(
                "requestBody",
                PipelineValue.text(placed(vector.get("requestBody").asString())),
                "meta",
                PipelineValue.none());
        Map<String, PipelineValue> jobSpec = new HashMap<>();
        String jobName = vector.path("jobName").asString("");
        jobSpec.put("databaseID", PipelineValue.int64(databaseId(vector)));
        jobSpec.put("name", PipelineValue.text(jobName));
        jobSpec.put(
                "externalJobID",
                PipelineValue.uuid(UUID.fromString(
                        vector.path("externalJobID").asString("00000000-0000-4000-9000-000000000000"))));
        return new Variables(Map.of("jobRun", PipelineValue.map(jobRun), "jobSpec", PipelineValue.map(jobSpec)));
    }

    private static long databaseId(JsonNode vector) {
        String id = vector.path("externalJobID").asString("0");
        return Long.parseLong(id.substring(id.length() - Math.min(2, id.length())));
    }

    private static RunContext context(JsonNode vector) {
        String fields = vector.path("jobFields").asString("");
        Duration limit = fields.startsWith("maxTaskDuration")
                ? GoNumbers.parseDuration(
                        fields.replaceAll(".*\"(.*)\".*", "$1").strip())
                : Duration.ZERO;
        OptionalLong gasLimit = fields.startsWith("gasLimit")
                ? OptionalLong.of(Long.parseLong(fields.replaceAll("[^0-9]", "")))
                : OptionalLong.empty();
        return new RunContext(jobs.incrementAndGet(), "recorded", "webhook", gasLimit, false, limit);
    }

    private static String differenceOfOutcome(JsonNode recorded, RunOutcome outcome) {
        String state = recorded.path("state").asString("");
        if (!state.isEmpty() && !state.equals(outcome.state().externalName())) {
            return "state " + outcome.state() + " instead of " + state + ": " + outcome;
        }
        Map<String, String> wanted = new TreeMap<>();
        recorded.get("taskRuns").forEach(run -> wanted.put(run.get("dotId").asString(), shown(run)));
        Map<String, String> got = new TreeMap<>();
        outcome.taskRuns().forEach(run -> got.put(run.dotId(), shown(run)));
        if (!wanted.equals(got)) {
            return "wanted " + wanted + "\n    got    " + got;
        }
        JsonNode errors = recorded.get("errors");
        if (outcome.state() == RunState.SUSPENDED || recorded.path("unordered").asBoolean(false)) {
            return "";
        }
        List<String> fatal = outcome.fatalErrors().stream()
                .map(error -> error.orElse("null"))
                .toList();
        List<String> wantedFatal = new ArrayList<>();
        errors.forEach(error -> wantedFatal.add(error.isNull() ? "null" : placed(error.asString())));
        return fatal.equals(wantedFatal) ? "" : "fatal errors " + fatal + " instead of " + wantedFatal;
    }

    private static String shown(JsonNode run) {
        String error = run.get("error").isNull() ? "-" : placed(run.get("error").asString());
        String output =
                run.get("output").isNull() ? "null" : placed(run.get("output").asString());
        return run.get("type").asString() + " " + canonical(output) + " error " + error;
    }

    private static String shown(TaskRun run) {
        String type = run.type().equals("base64encode") ? "base64decode" : run.type();
        String shownType = type.equals("ethabiencode2") ? "ethabiencode" : type;
        return shownType + " " + canonical(run.outputJson().orElse("null")) + " error "
                + run.error().orElse("-");
    }

    /** Numbers by value; empty lists as null; the text of an echo without the order of its headers and its run id. */
    private static String canonical(String json) {
        return canonical(JSON.readTree(json));
    }

    private static String canonical(JsonNode node) {
        if (node.isNumber()) {
            return node.decimalValue().signum() == 0
                    ? "0"
                    : node.decimalValue().stripTrailingZeros().toString();
        }
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(canonical(item)));
            return items.isEmpty() ? "null" : items.toString();
        }
        if (node.isObject()) {
            Map<String, String> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), canonical(field.getValue())));
            return fields.toString();
        }
        if (node.isString() && node.asString().startsWith("{\"method\"")) {
            return canonical(JSON.readTree(node.asString()))
                    .replaceAll("/v2/resume/[$_A-Za-z0-9-]+", "/v2/resume/…")
                    .replaceAll("content-length=[0-9\"]+", "content-length");
        }
        return node.toString();
    }

    private static String differenceOfSteps(JsonNode vector, Pipeline pipeline, RunOutcome first)
            throws InterruptedException {
        RunOutcome outcome = first;
        for (JsonNode step : vector.get("steps")) {
            String target = step.get("resume").asString();
            if (step.get("status").asInt() != 200 || !target.startsWith("task run of ")) {
                continue;
            }
            JsonNode body = JSON.readTree(step.get("body").asString());
            TaskResult answer = body.has("error")
                    ? new TaskResult.Failure(body.get("error").asString())
                    : new TaskResult.Success(PipelineValue.text(
                            Bytes.of(body.get("value").toString().getBytes(UTF_8))
                                    .toString()));
            String dotId = target.substring("task run of ".length());
            List<TaskRun> stored = outcome.taskRuns().stream()
                    .map(run -> run.dotId().equals(dotId)
                            ? ConformanceTest.asStored(run.settled(answer, Instant.EPOCH))
                            : run)
                    .toList();
            outcome = runner.resume(pipeline, variables(vector), stored, context(vector));
            String difference = differenceOfOutcome(step.get("after"), outcome);
            if (!difference.isEmpty()) {
                return "after " + step.get("body") + ": " + difference;
            }
        }
        return "";
    }
}
