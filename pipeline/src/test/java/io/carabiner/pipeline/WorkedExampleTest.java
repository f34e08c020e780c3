package io.carabiner.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.values.PipelineValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The documented get-uint256 job from a log to a transaction, with a real web server on loopback. */
final class WorkedExampleTest {

    private static final Address OPERATOR = Address.fromHex("0x5FbDB2315678afecb367f032d93F642f64180aa3");
    private static final Address CALLBACK = Address.fromHex("0x5B38Da6a701c568545dCfcB03FcB875f56beddC4");
    private static final Bytes REQUEST_ID = Bytes.fromHex("ab".repeat(32));

    static final String SPEC = """
            log   [type="ethabidecodelog"
                   abi="OracleRequest(bytes32 indexed specId, address requester, bytes32 requestId, uint256 payment, address callbackAddr, bytes4 callbackFunctionId, uint256 cancelExpiration, uint256 dataVersion, bytes data)"
                   data="$(jobRun.logData)" topics="$(jobRun.logTopics)"]
            req   [type="cborparse" data="$(log.data)"]
            get   [type="http" method=GET url="$(req.get)" allowUnrestrictedNetworkAccess="true"]
            pick  [type="jsonparse" path="$(req.path)" data="$(get)"]
            mul   [type="multiply" input="$(pick)" times="$(req.times)"]
            res   [type="ethabiencode" abi="(bytes32 requestId, uint256 value)"
                   data="{\\"requestId\\": $(log.requestId), \\"value\\": $(mul)}"]
            call  [type="ethabiencode"
                   abi="fulfillOracleRequest2(bytes32 requestId, uint256 payment, address callbackAddress, bytes4 callbackFunctionId, uint256 expiration, bytes calldata data)"
                   data="{\\"requestId\\": $(log.requestId), \\"payment\\": $(log.payment), \\"callbackAddress\\": $(log.callbackAddr), \\"callbackFunctionId\\": $(log.callbackFunctionId), \\"expiration\\": $(log.cancelExpiration), \\"data\\": $(res)}"]
            send  [type="ethtx" to="OPERATOR" data="$(call)"]
            log -> req -> get -> pick -> mul -> res -> call -> send
            """.replace("OPERATOR", OPERATOR.toString());

    private FakeSource source;
    private PipelineRunner runner;

    @BeforeEach
    void start() throws IOException {
        source = new FakeSource(new JsonMapper()
                .readTree("[{\"path\":\"/price\",\"body\":\"{\\\"data\\\":{\\\"price\\\":3141.59}}\"}]"));
        runner = Runs.runner(TimeSource.system());
    }

    @AfterEach
    void stop() {
        runner.close();
        source.close();
    }

    private Variables variables() {
        byte[] cbor = cborPairs(source.url() + "/price");
        String words = "00".repeat(12) + CALLBACK.bytes().toBareHex()
                + REQUEST_ID.toBareHex()
                + word(100_000)
                + "00".repeat(12) + CALLBACK.bytes().toBareHex()
                + "92cdaaf3" + "00".repeat(28)
                + word(1_700_000_300)
                + word(2)
                + word(256)
                + word(cbor.length);
        Bytes padded = Bytes.of(java.util.Arrays.copyOf(cbor, (cbor.length + 31) / 32 * 32));
        return new Variables(Map.of(
                "jobSpec",
                PipelineValue.map(Map.of("evmChainID", PipelineValue.text("1337"))),
                "jobRun",
                PipelineValue.map(Map.of(
                        "logData",
                        PipelineValue.bytes(Bytes.fromHex(words).concat(padded)),
                        "logTopics",
                        PipelineValue.hashes(List.of(Hash32.ZERO, Hash32.fromHex("01".repeat(32))))))));
    }

    private static String word(long value) {
        return String.format("%064x", value);
    }

    private static byte[] cborPairs(String url) {
        byte[] address = url.getBytes(StandardCharsets.UTF_8);
        Bytes pairs = Bytes.fromHex("63676574" + "78" + String.format("%02x", address.length))
                .concat(Bytes.of(address))
                .concat(Bytes.fromHex("6470617468" + "6a646174612c7072696365"))
                .concat(Bytes.fromHex("6574696d6573" + "1864"));
        return pairs.toArray();
    }

    @Test
    void request_becomesATransaction_andTheReceiptEndsTheRun() throws Exception {
        Pipeline pipeline = Pipeline.parse(SPEC);
        assertThat(pipeline.mayBeSuspended()).isTrue();
        RunOutcome outcome = runner.run(pipeline, variables(), Runs.CONTEXT);

        assertThat(outcome.state()).isEqualTo(RunState.SUSPENDED);
        assertThat(valueOf(outcome, "pick")).isEqualTo(new PipelineValue.Floating(3141.59));
        assertThat(valueOf(outcome, "mul")).isEqualTo(PipelineValue.decimal(new BigDecimal("314159.00")));
        assertThat(valueOf(outcome, "mul").toJson()).isEqualTo("\"314159\"");
        String result = REQUEST_ID.toBareHex() + word(0x4cb2f);
        assertThat(valueOf(outcome, "res")).isEqualTo(PipelineValue.text("0x" + result));
        TransactionIntent intent = outcome.transactions().getFirst();
        assertThat(outcome.transactions()).hasSize(1);
        assertThat(outcome.pendingTaskRuns()).containsExactly(intent.taskRunId());
        assertThat(intent.to()).isEqualTo(OPERATOR);
        assertThat(intent.gasLimit()).isEqualTo(500_000);
        assertThat(intent.minConfirmations()).isEqualTo(OptionalInt.empty());
        assertThat(intent.data())
                .isEqualTo(Bytes.fromHex("6ae0bc76" + REQUEST_ID.toBareHex() + word(100_000) + "00".repeat(12)
                        + CALLBACK.bytes().toBareHex() + "92cdaaf3" + "00".repeat(28) + word(1_700_000_300)
                        + word(0xc0) + word(0x40) + result));

        TaskResult receipt = new TaskResult.Success(PipelineValue.fromJson("{\"status\":\"0x1\"}"));
        List<TaskRun> stored = outcome.taskRuns().stream()
                .map(run -> run.isPending() ? run.settled(receipt, Instant.EPOCH) : run)
                .toList();
        RunOutcome ended = runner.resume(pipeline, variables(), stored, Runs.CONTEXT);
        assertThat(ended.state()).isEqualTo(RunState.COMPLETED);
        assertThat(ended.outputsJson()).isEqualTo("[{\"status\":\"0x1\"}]");
        assertThat(ended.transactions()).isEmpty();
    }

    @Test
    void variables_fromTheDatabase_giveTheSameTransaction() throws Exception {
        Pipeline pipeline = Pipeline.parse(SPEC);
        Variables reloaded = Variables.fromJson(variables().toJson());
        RunOutcome fresh = runner.run(pipeline, variables(), Runs.CONTEXT);
        RunOutcome again = runner.run(pipeline, reloaded, Runs.CONTEXT);
        assertThat(again.transactions().getFirst().data())
                .isEqualTo(fresh.transactions().getFirst().data());
    }

    @Test
    void pendingTransaction_isNotWantedTwice() throws Exception {
        Pipeline pipeline = Pipeline.parse(SPEC);
        RunOutcome outcome = runner.run(pipeline, variables(), Runs.CONTEXT);
        RunOutcome again = runner.resume(pipeline, variables(), outcome.taskRuns(), Runs.CONTEXT);
        assertThat(again.state()).isEqualTo(RunState.SUSPENDED);
        assertThat(again.transactions()).isEmpty();
        assertThat(again.pendingTaskRuns()).isEqualTo(outcome.pendingTaskRuns());
    }

    /** A coarse guard with much room: it is about a tenth of this on an idle machine. */
    @Test
    void aRun_costsWellBelowAMillisecond_apartFromHttp() throws Exception {
        Pipeline pipeline = Pipeline.parse(SPEC.replace(
                        "get   [type=\"http\" method=GET url=\"$(req.get)\" allowUnrestrictedNetworkAccess=\"true\"]",
                        "get   [type=merge left=<{\"data\":{\"price\":3141.59}}> right=<{}>]")
                .replace(
                        "pick  [type=\"jsonparse\" path=\"$(req.path)\" data=\"$(get)\"]",
                        "pick  [type=\"jsonparse\" path=\"$(req.path)\" data=\"$(jobRun.answer)\"]"));
        PipelineValue.Fields jobRun =
                (PipelineValue.Fields) variables().values().get("jobRun");
        Map<String, PipelineValue> fields = new java.util.HashMap<>(jobRun.fields());
        fields.put("answer", PipelineValue.text("{\"data\":{\"price\":3141.59}}"));
        Variables variables = variables().with("jobRun", PipelineValue.map(fields));
        for (int i = 0; i < 2_000; i++) {
            assertThat(runner.run(pipeline, variables, Runs.CONTEXT).state()).isEqualTo(RunState.SUSPENDED);
        }
        int runs = 2_000;
        long start = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            runner.run(pipeline, variables, Runs.CONTEXT);
        }
        long microsPerRun = (System.nanoTime() - start) / runs / 1_000;
        assertThat(microsPerRun).as("microseconds a run").isLessThan(1_000);
    }

    private static PipelineValue valueOf(RunOutcome outcome, String dotId) {
        TaskResult result = outcome.taskRuns().stream()
                .filter(run -> run.dotId().equals(dotId))
                .findFirst()
                .orElseThrow()
                .result();
        assertThat(result).as(dotId).isInstanceOf(TaskResult.Success.class);
        return ((TaskResult.Success) result).value();
    }
}
