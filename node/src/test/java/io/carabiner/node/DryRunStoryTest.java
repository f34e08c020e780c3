package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.crypto.Eip55;
import io.carabiner.devnet.NodeApi;
import io.carabiner.devnet.NodeFolder;
import io.carabiner.primitives.Hash32;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Jobs are tried out on a real node with a real request, before they are live. */
class DryRunStoryTest {

    private static final UUID NOT_MADE = UUID.fromString("7a1b0c2d-1111-4222-8333-944455566677");

    @TempDir
    Path folder;

    @Test
    void jobsAreTriedOut_onARequestOfTheChain_andNothingIsStoredOrSent() throws Exception {
        try (OracleWorld world = OracleWorld.withNode(folder);
                NodeApi api = world.api()) {
            Hash32 request = world.contracts()
                    .send(NOT_MADE, OracleWorld.PAYMENT, world.page().question(7));
            world.chain().awaitReceipt(request);
            String spec = NodeFolder.job(
                    NOT_MADE,
                    world.contracts().deployment().operator(),
                    world.chain().chainId());
            String before = rows(world);

            aGoodJob_wouldAnswer(world, test(api, spec, request));
            aWrongPayment_isTheOperatorsRefusal(test(api, spec.replace("$(decode_log.payment)", "1"), request));
            aDataSourceThatIsDown_isShownAtItsTask(
                    test(api, spec.replace("url=\"$(decode_cbor.get)\"", "url=\"http://127.0.0.1:1/\""), request));
            aVariableThatIsNotThere_isFound(test(api, spec.replace("data=\"$(fetch)\"", "data=\"$(fetsh)\""), request));

            aKeyForRandomness_provesIt(api);

            aWrongContract_isSeen(world, api, spec, request);
            aTransactionWithoutARequestOfTheContract_isSaid(world, api, spec, request);

            assertThat(rows(world)).isEqualTo(before);
            assertThat(world.sentCount()).isZero();
        }
    }

    private static JsonNode test(NodeApi api, String toml, Hash32 request) {
        return api.post("/v2/jobs/test", Map.of("toml", toml, "request", "tx:" + request))
                .at("/data/attributes");
    }

    private static void aGoodJob_wouldAnswer(OracleWorld world, JsonNode report) {
        assertThat(report.get("state").asString()).as(report.toString()).isEqualTo("completed");
        assertThat(report.get("findings")).isEmpty();
        assertThat(report.get("tasks")).hasSize(8);
        assertThat(task(report, "parse").get("output").asString()).isEqualTo("7.25");
        assertThat(task(report, "decode_log").at("/input/data").asString()).startsWith("0x");
        assertThat(task(report, "multiply").at("/input/input").asString()).isEqualTo("7.25");
        JsonNode transaction = task(report, "submit_tx").get("transaction");
        assertThat(transaction.get("from").asString())
                .isEqualToIgnoringCase(world.nodeKey().toString());
        assertThat(transaction.get("to").asString())
                .isEqualToIgnoringCase(world.contracts().deployment().operator().toString());
        assertThat(transaction.get("data").asString())
                .isEqualTo(task(report, "encode_tx").get("output").asString().replace("\"", ""));
        assertThat(transaction.get("gasEstimate").longValue()).isBetween(21_000L, 500_000L);
        assertThat(transaction.get("revertReason").isNull()).isTrue();
    }

    private static void aWrongPayment_isTheOperatorsRefusal(JsonNode report) {
        assertThat(report.get("state").asString()).isEqualTo("errored");
        JsonNode submit = task(report, "submit_tx");
        assertThat(submit.at("/transaction/revertReason").asString())
                .isEqualTo("execution reverted: Params do not match request ID");
        assertThat(submit.get("error").asString())
                .isEqualTo("the transaction would fail: execution reverted: Params do not match request ID");
    }

    private static void aDataSourceThatIsDown_isShownAtItsTask(JsonNode report) {
        assertThat(report.get("state").asString()).isEqualTo("errored");
        JsonNode fetch = task(report, "fetch");
        assertThat(fetch.get("state").asString()).isEqualTo("errored");
        assertThat(fetch.get("error").asString()).contains("127.0.0.1:1").contains("connection refused");
        assertThat(fetch.at("/input/url").asString()).isEqualTo("http://127.0.0.1:1/");
        assertThat(task(report, "submit_tx").get("transaction").isNull()).isTrue();
    }

    private static void aVariableThatIsNotThere_isFound(JsonNode report) {
        assertThat(report.at("/findings/0/line").intValue()).isEqualTo(16);
        assertThat(report.at("/findings/0/message").asString())
                .isEqualTo("task parse: there is no variable $(fetsh); did you mean fetch?");
        assertThat(task(report, "parse").get("error").asString()).contains("key fetsh");
    }

    private static void aKeyForRandomness_provesIt(NodeApi api) {
        JsonNode key = api.post("/v2/keys/vrf", Map.of()).at("/data/attributes");
        String spec = """
                type = "webhook"
                schemaVersion = 1
                observationSource = \"""
                log [type=ethabidecodelog data="$(data)" topics="$(topics)"
                     abi="R(bytes32 indexed keyHash,uint256 requestId,uint256 preSeed,uint64 indexed subId,uint16 a,uint32 callbackGasLimit,uint32 numWords,address indexed sender)"]
                vrf [type=vrfv2 publicKey="$(key)" requestBlockHash="$(hash)" requestBlockNumber="$(one)" topics="$(topics)"]
                log -> vrf
                \"""
                """;
        String one = "0x" + "0".repeat(63) + "1";
        Map<String, Object> variables = Map.of(
                "data",
                "0x" + one.substring(2).repeat(5),
                "topics",
                List.of(one, key.get("hash").asString(), one, one),
                "hash",
                one,
                "one",
                1,
                "key",
                key.get("compressed").asString());
        JsonNode report = api.post("/v2/jobs/test", Map.of("toml", spec, "vars", variables))
                .at("/data/attributes");
        assertThat(report.get("state").asString()).as(report.toString()).isEqualTo("completed");
        assertThat(task(report, "vrf").get("output").asString()).contains("\"output\":\"0xaf198b97");
    }

    private static void aWrongContract_isSeen(OracleWorld world, NodeApi api, String spec, Hash32 request) {
        String elsewhere = world.contracts().deployment().consumer().toString();
        JsonNode report = test(
                api,
                spec.replaceFirst("(?<=submit_tx .{1,60})to=\"0x[0-9a-fA-F]{40}\"", "to=\"" + elsewhere + "\""),
                request);
        assertThat(task(report, "submit_tx").at("/transaction/to").asString()).isEqualToIgnoringCase(elsewhere);
        assertThat(task(report, "submit_tx").at("/transaction/revertReason").asString())
                .endsWith("execution reverted");
    }

    private static void aTransactionWithoutARequestOfTheContract_isSaid(
            OracleWorld world, NodeApi api, String spec, Hash32 request) {
        assertThatThrownBy(() -> test(api, spec, Hash32.ZERO)).hasMessageContaining("is not mined on chain 1337");
        String otherContract = spec.replaceFirst(
                "contractAddress = \"0x[0-9a-fA-F]{40}\"",
                "contractAddress = \""
                        + Eip55.format(world.contracts().deployment().consumer()) + "\"");
        assertThatThrownBy(() -> test(api, otherContract, request))
                .hasMessageContaining("holds no OracleRequest of the contract");
    }

    private static JsonNode task(JsonNode report, String name) {
        return StreamSupport.stream(report.get("tasks").spliterator(), false)
                .filter(task -> task.get("dotId").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no task " + name + " in " + report));
    }

    private static String rows(OracleWorld world) {
        return world.database()
                .query("SELECT (SELECT count(*) FROM carabiner.jobs) || ' jobs, '"
                        + " || (SELECT count(*) FROM carabiner.runs) || ' runs, '"
                        + " || (SELECT count(*) FROM carabiner.txes) || ' transactions'");
    }
}
