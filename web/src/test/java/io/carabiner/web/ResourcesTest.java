package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.jobs.DeadRequest;
import io.carabiner.jobs.webhook.WebhookOutcome;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import io.carabiner.txm.AttemptView;
import io.carabiner.txm.TransactionState;
import io.carabiner.txm.TransactionView;
import io.carabiner.web.JobCatalogue.Creation;
import io.carabiner.web.JobCatalogue.JobView;
import io.carabiner.web.RunCatalogue.RunView;
import io.carabiner.web.RunCatalogue.TaskRunView;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Jobs, runs and transactions that were recorded from a Go node look the same when this node has them. */
@TestInstance(Lifecycle.PER_CLASS)
class ResourcesTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private TestNode node;
    private String cookie;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        node = TestNode.start(folder);
        cookie = node.loginAdmin();
    }

    @BeforeEach
    void forget() {
        node.jobs.jobs.clear();
        node.runs.runs.clear();
        node.history.transactions.clear();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void directRequestJob_isShownAsRecorded() throws Exception {
        Recorded created = Recorded.number(501);
        node.jobs.next = new Creation.Created(job(data(created)));

        HttpResponse<String> answer = node.post("/v2/jobs", cookie, created.body());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(created.answer());
        assertThat(node.get("/v2/jobs/1", cookie).body()).isEqualTo(created.answer());
        String uuid = "11111111-1111-4111-8111-111111111111";
        assertThat(node.get("/v2/jobs/" + uuid, cookie).body()).isEqualTo(created.answer());
        assertThat(node.get("/v2/jobs/" + uuid.replace("-", ""), cookie).body()).isEqualTo(created.answer());
        assertThat(node.get("/v2/jobs", cookie).body())
                .isEqualTo(created.answer()
                        .replace("{\"data\":{", "{\"data\":[{")
                        .replaceFirst("}$", "],\"meta\":{\"count\":1}}"));
    }

    @Test
    void rpcEndpointsAndUsage_areShownPerChain() throws Exception {
        assertThat(node.get("/v2/rpc/endpoints", cookie).body())
                .isEqualTo("{\"data\":[{\"type\":\"rpcEndpoints\",\"id\":\"1337/main\",\"attributes\":{"
                        + "\"evmChainID\":\"1337\",\"name\":\"main\",\"host\":\"https://rpc.example\",\"sendOnly\":false,"
                        + "\"state\":\"Alive\",\"problem\":\"\",\"health\":98,\"block\":1000,\"lagBlocks\":2,"
                        + "\"p50Millis\":12,\"p95Millis\":null,\"errorRate\":0.01,\"callsToday\":77,"
                        + "\"clientVersion\":\"geth/1\",\"batchMax\":100,\"logRangeMax\":null,\"finalityTag\":true,"
                        + "\"logsBloom\":null}}]}");
        assertThat(node.get("/v2/rpc/usage", cookie).body())
                .isEqualTo("{\"data\":[{\"type\":\"rpcUsages\",\"id\":\"1337\",\"attributes\":{"
                        + "\"evmChainID\":\"1337\",\"day\":\"2026-01-01\",\"callsToday\":77,\"dailyCallsMax\":1000,"
                        + "\"calls\":[{\"endpoint\":\"main\",\"consumer\":\"logs\",\"method\":\"eth_getLogs\",\"calls\":70},"
                        + "{\"endpoint\":\"main\",\"consumer\":\"txm\",\"method\":\"x\",\"calls\":7}]}}]}");
        assertThat(node.get("/v2/rpc/usage", "").statusCode()).isEqualTo(401);
    }

    @Test
    void job_isGoneAfterItsDeletion() throws Exception {
        node.jobs.next = new Creation.Created(job(data(Recorded.number(501))));
        node.post("/v2/jobs", cookie, "{\"toml\":\"x\"}");

        HttpResponse<String> deleted = node.call("DELETE", "/v2/jobs/1", Map.of("cookie", cookie), "");

        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.headers().firstValue("content-type")).contains("application/vnd.api+json");
        assertThat(node.get("/v2/jobs/1", cookie).statusCode()).isEqualTo(404);
    }

    @Test
    void refusedJob_isAnsweredWithItsReason() throws Exception {
        node.jobs.next = new Creation.Refused(400, "no such sending key exists");

        HttpResponse<String> answer = node.post("/v2/jobs", cookie, "{\"toml\":\"x\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestNode.detail(answer)).isEqualTo("no such sending key exists");
    }

    @ParameterizedTest
    @ValueSource(ints = {741, 965, 967, 969, 970})
    void run_isShownAsRecorded(int number) throws Exception {
        Recorded recorded = Recorded.number(number);
        node.runs.runs.add(run(data(recorded)));

        assertThat(node.get(recorded.path(), cookie).body()).isEqualTo(recorded.answer());
    }

    @ParameterizedTest
    @ValueSource(ints = {801, 803})
    void transactions_areShownAsRecorded(int number) throws Exception {
        Recorded recorded = Recorded.number(number);
        data(recorded).forEach(item -> node.history.transactions.add(transaction(item)));
        node.history.total =
                JSON.readTree(recorded.answer()).get("meta").get("count").longValue();

        assertThat(node.get(recorded.path(), cookie).body()).isEqualTo(recorded.answer());
    }

    @Test
    void transaction_isFoundByTheHashOfItsAttempt() throws Exception {
        Recorded recorded = Recorded.number(805);
        node.history.transactions.add(transaction(data(recorded)));

        assertThat(node.get(recorded.path(), cookie).body()).isEqualTo(recorded.answer());
        assertThat(node.get(recorded.path().replace("/evm", ""), cookie).body()).isEqualTo(recorded.answer());
    }

    @Test
    void deadRequests_areShown_andFailedRunsRetried() throws Exception {
        node.runs.dead.add(new DeadRequest(
                3,
                OptionalInt.of(1),
                ChainId.of(1337),
                Address.ZERO,
                Optional.of(Hash32.ZERO),
                Hash32.ZERO,
                12,
                "errored",
                "[\"timeout\"]",
                OptionalLong.of(7),
                Instant.EPOCH));

        JsonNode shown =
                JSON.readTree(node.get("/v2/pipeline/runs/dead", cookie).body());
        HttpResponse<String> retried = node.post("/v2/pipeline/runs/7/retry", cookie, "");
        HttpResponse<String> refused = node.post("/v2/pipeline/runs/6/retry", cookie, "");

        JsonNode dead = shown.get("data").get(0).get("attributes");
        assertThat(dead.get("state").stringValue()).isEqualTo("errored");
        assertThat(dead.get("runID").longValue()).isEqualTo(7);
        assertThat(retried.statusCode()).isEqualTo(200);
        assertThat(retried.body()).contains("\"id\":\"8\"");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(TestNode.detail(refused)).isEqualTo("not retried: the run has not failed");
    }

    @Test
    void webhookJob_isStartedByUsersAndInitiators_withTheirBody() throws Exception {
        String uuid = "66666666-6666-4666-8666-666666666666";
        String made = node.post("/v2/external_initiators", cookie, "{\"name\":\"starter\"}")
                .body();
        JsonNode keys = JSON.readTree(made).get("data").get("attributes");
        Map<String, String> initiator = Map.of(
                "X-Chainlink-EA-AccessKey", keys.get("incomingAccessKey").stringValue(),
                "X-Chainlink-EA-Secret", keys.get("incomingSecret").stringValue());
        node.webhooks.next = new WebhookOutcome.NotAllowed("external initiator starter is not allowed to run it");

        HttpResponse<String> refused = node.call("POST", "/v2/jobs/" + uuid + "/runs", initiator, "{\"a\": 1}");
        HttpResponse<String> unknown = node.post("/v2/jobs/0d9f4a0e-1111-4111-8111-111111111111/runs", cookie, "x");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(TestNode.detail(refused)).isEqualTo("external initiator starter is not allowed to run it");
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(node.webhooks.asked)
                .containsExactly(
                        uuid + " Initiator[initiator=ExternalInitiator[starter]] {\"a\": 1}",
                        "0d9f4a0e-1111-4111-8111-111111111111 User[] x");
        assertThat(node.call("GET", "/v2/jobs", initiator, "").statusCode()).isEqualTo(401);
        assertThat(node.call("DELETE", "/v2/external_initiators/in-use", Map.of("cookie", cookie), "")
                        .statusCode())
                .isEqualTo(409);
    }

    private static JsonNode data(Recorded recorded) {
        return JSON.readTree(recorded.answer()).get("data");
    }

    private static JobView job(JsonNode data) {
        JsonNode job = data.get("attributes");
        LinkedHashMap<String, Object> own = new LinkedHashMap<>();
        job.get("directRequestSpec").forEachEntry(own::put);
        return new JobView(
                Integer.parseInt(data.get("id").stringValue()),
                1,
                false,
                UUID.fromString(job.get("externalJobID").stringValue()),
                job.get("name").stringValue(),
                job.get("type").stringValue(),
                job.get("schemaVersion").intValue(),
                Optional.of(job.get("gasLimit").longValue()),
                job.get("forwardingAllowed").booleanValue(),
                Duration.ZERO,
                own,
                job.get("pipelineSpec").get("id").intValue(),
                job.get("pipelineSpec").get("dotDagSource").stringValue(),
                List.of());
    }

    private static RunView run(JsonNode data) {
        JsonNode run = data.get("attributes");
        JsonNode spec = run.get("pipelineSpec");
        return new RunView(
                Long.parseLong(data.get("id").stringValue()),
                spec.get("jobID").intValue(),
                run.get("finishedAt").isNull() ? "running" : "completed",
                spec.get("id").intValue(),
                spec.get("dotDagSource").stringValue(),
                texts(run.get("outputs")),
                texts(run.get("fatalErrors")),
                texts(run.get("allErrors")).orElse(List.of()).stream()
                        .flatMap(Optional::stream)
                        .toList(),
                run.get("inputs"),
                StreamSupport.stream(run.get("taskRuns").spliterator(), false)
                        .map(ResourcesTest::taskRun)
                        .toList(),
                time(run, "createdAt"),
                text(run.get("finishedAt")).map(Instant::parse));
    }

    private static TaskRunView taskRun(JsonNode task) {
        return new TaskRunView(
                UUID.randomUUID(),
                task.get("type").stringValue(),
                time(task, "createdAt"),
                text(task.get("finishedAt")).map(Instant::parse),
                text(task.get("output")),
                text(task.get("error")),
                task.get("dotId").stringValue());
    }

    private static Optional<List<Optional<String>>> texts(JsonNode list) {
        return list.isNull()
                ? Optional.empty()
                : Optional.of(StreamSupport.stream(list.spliterator(), false)
                        .map(ResourcesTest::text)
                        .toList());
    }

    private static Optional<String> text(JsonNode node) {
        return node.isNull() ? Optional.empty() : Optional.of(node.stringValue());
    }

    private static Instant time(JsonNode object, String field) {
        return Instant.parse(object.get(field).stringValue());
    }

    private static TransactionView transaction(JsonNode item) {
        JsonNode fields = item.get("attributes");
        Bytes shown = Bytes.fromHex(fields.get("rawHex").stringValue());
        AttemptView attempt = new AttemptView(
                1,
                Hash32.fromHex(fields.get("hash").stringValue()),
                Optional.empty(),
                Optional.of(new Wei(BigInteger.TWO)),
                Optional.of(new Wei(BigInteger.ONE)),
                shown.slice(3, shown.size()),
                OptionalLong.of(Long.parseLong(fields.get("sentAt").stringValue())),
                Instant.EPOCH);
        return new TransactionView(
                1,
                ChainId.of(1337),
                TransactionState.ofWord(fields.get("state").stringValue()),
                Address.fromHex(fields.get("from").stringValue()),
                Address.fromHex(fields.get("to").stringValue()),
                Bytes.fromHex(fields.get("data").stringValue()),
                new Wei(new BigDecimal(fields.get("value").stringValue())
                        .scaleByPowerOfTen(18)
                        .toBigIntegerExact()),
                Long.parseLong(fields.get("gasLimit").stringValue()),
                OptionalLong.of(Long.parseLong(fields.get("nonce").stringValue())),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.of(attempt));
    }
}
