package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.devnet.NodeApi;
import io.carabiner.node.OracleWorld.Request;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Juels;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
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
