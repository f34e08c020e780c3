package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.devnet.NodeApi;
import io.carabiner.node.OracleWorld.Request;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Juels;
import io.carabiner.testkit.TapVerdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the project is for, from end to end: a real process, a real database, a real chain, the real contracts. */
class RequestStoryTest {

    @TempDir
    Path folder;

    @Test
    void aRequest_isAnswered_paid_andToldOverHttp() throws Exception {
        try (OracleWorld world = OracleWorld.withNode(folder);
                NodeApi api = world.api()) {
            Request first = world.askTogether(1).getFirst();
            world.awaitAllSettled();
            Request second = world.askAndHoldBlocks(() -> theApiShowsARunThatWaitsForItsTransaction(world, api));
            world.awaitAllSettled();
            world.assertEachAnsweredOnce();

            theTransactionsComeFromTheNodesKey_withNoncesFromZero(world, List.of(first, second));
            theOwnerCanWithdrawWhatWasPaid(world);
            theApiShowsRunsAndTransactions(world, api);
            healthAndMetricsAnswer(world.node());
            anIdleBlock_costsAtMostOneCall(world);
            afterAReplay_nothingIsAnsweredAgain(world, api);
        }
    }

    private static void anIdleBlock_costsAtMostOneCall(OracleWorld world) {
        LongAdder calls = new LongAdder();
        Set<String> methods = ConcurrentHashMap.newKeySet();
        world.rpcTap().beforeRequest(request -> {
            calls.increment();
            methods.add(request.path("method").asString(""));
            return TapVerdict.FORWARD;
        });
        long blocks = 30;
        long from = world.chain().blockNumber();
        Eventually.until(
                blocks + " blocks",
                Duration.ofSeconds(60),
                () -> world.chain().blockNumber() >= from + blocks,
                () -> "at block " + world.chain().blockNumber());
        assertThat(calls.sum()).as("calls in " + blocks + " blocks: " + methods).isLessThanOrEqualTo(blocks);
    }

    private static void afterAReplay_nothingIsAnsweredAgain(OracleWorld world, NodeApi api) {
        long head = world.chain().blockNumber();
        double before = blocksRead(world.node());
        assertThat(api.post("/v2/replay_from_block/0?evmChainID=1337&force=true", Map.of())
                        .at("/data/attributes/message")
                        .asString())
                .isEqualTo("Replay started");
        Eventually.until(
                "all blocks read again",
                Duration.ofSeconds(60),
                () -> blocksRead(world.node()) >= before + head,
                () -> world.node().logTail());
        world.assertEachAnsweredOnce();
        assertThat(api.get("/v2/find_lca?evmChainID=1337")
                        .at("/data/attributes/blockNumber")
                        .longValue())
                .isGreaterThanOrEqualTo(head);
    }

    private static double blocksRead(NodeProcess node) {
        try {
            return node.get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("log_poller_blocks_inserted{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void theTransactionsComeFromTheNodesKey_withNoncesFromZero(
            OracleWorld world, List<Request> requests) {
        for (int nonce = 0; nonce < requests.size(); nonce++) {
            Hash32 hash = world.contracts()
                    .answeringTransaction(requests.get(nonce).id())
                    .orElseThrow();
            JsonNode transaction = world.chain().call("eth_getTransactionByHash", hash.toString());
            assertThat(Address.fromHex(transaction.get("from").stringValue())).isEqualTo(world.nodeKey());
            assertThat(Long.decode(transaction.get("nonce").stringValue())).isEqualTo(nonce);
            assertThat(Address.fromHex(transaction.get("to").stringValue()))
                    .isEqualTo(world.contracts().deployment().operator());
        }
    }

    private static void theOwnerCanWithdrawWhatWasPaid(OracleWorld world) {
        Juels earned = new Juels(OracleWorld.PAYMENT.amount().multiply(BigInteger.TWO));
        Address purse = world.chain().accounts().get(5);
        assertThat(world.contracts().withdrawable()).isEqualTo(earned);
        world.contracts().withdraw(purse, earned);
        assertThat(world.contracts().link(purse)).isEqualTo(earned);
        assertThat(world.contracts().withdrawable()).isEqualTo(new Juels(BigInteger.ZERO));
    }

    private static void theApiShowsARunThatWaitsForItsTransaction(OracleWorld world, NodeApi api) {
        world.awaitRow("SELECT state FROM carabiner.runs ORDER BY id DESC LIMIT 1", "suspended");
        JsonNode run = api.get("/v2/pipeline/runs?size=1").at("/data/0/attributes");
        assertThat(run.get("finishedAt").isNull()).isTrue();
        assertThat(run.get("taskRuns")).hasSize(8);
        for (JsonNode task : run.get("taskRuns")) {
            boolean sends = task.get("type").stringValue().equals("ethtx");
            assertThat(task.get("finishedAt").isNull()).as(task.toString()).isEqualTo(sends);
        }
    }

    private static void theApiShowsRunsAndTransactions(OracleWorld world, NodeApi api) {
        JsonNode runs = api.get("/v2/pipeline/runs");
        assertThat(runs.at("/meta/count").intValue()).isEqualTo(2);
        for (JsonNode run : runs.get("data")) {
            assertThat(run.at("/attributes/allErrors")).as(run.toString()).isEmpty();
            assertThat(run.at("/attributes/finishedAt").asString("")).isNotEmpty();
            assertThat(run.at("/attributes/taskRuns")).hasSize(8);
        }
        JsonNode transactions = api.get("/v2/transactions/evm");
        assertThat(transactions.at("/meta/count").intValue()).isEqualTo(2);
        for (JsonNode transaction : transactions.get("data")) {
            assertThat(transaction.at("/attributes/from").asString(""))
                    .isEqualToIgnoringCase(world.nodeKey().toString());
        }
    }

    private static void healthAndMetricsAnswer(NodeProcess node) throws Exception {
        HttpResponse<String> health = node.get("/health");
        assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
        JsonNode checks = JsonMapper.shared().readTree(health.body()).get("data");
        assertThat(checks).isNotEmpty();
        for (JsonNode check : checks) {
            assertThat(check.at("/attributes/status").stringValue())
                    .as(check.toString())
                    .isEqualTo("passing");
        }
        HttpResponse<String> metrics = node.get("/metrics");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .containsPattern("(?m)^tx_manager_num_confirmed_transactions\\{.*} 2(\\.0)?$")
                .containsPattern("(?m)^pipeline_run_total_time_to_completion\\{")
                .containsPattern("(?m)^health\\{")
                .containsPattern("(?m)^head_tracker_current_head\\{");
    }
}
