package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Wei;
import io.carabiner.telemetry.HealthStatus;
import io.carabiner.txm.TransactionState;
import io.carabiner.txm.TransactionView;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Faults that were found in real Go nodes, each of which this node has not: those of its HTTP API. */
@TestInstance(Lifecycle.PER_CLASS)
class GoFaultsTest {

    private TestNode node;
    private String cookie;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        node = TestNode.start(folder);
        cookie = node.loginAdmin();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private String transfer(String more) {
        return "{\"address\":\"0x5FbDB2315678afecb367f032d93F642f64180aa3\",\"from\":\"" + node.newKey()
                + "\",\"evmChainID\":\"1337\"" + more + "}";
    }

    @Test
    void pagePastTheEnd_isAnEmptyPage() throws Exception {
        for (String list : List.of(
                "/v2/chains",
                "/v2/chains/evm",
                "/v2/nodes",
                "/v2/nodes/evm",
                "/v2/bridge_types",
                "/v2/jobs",
                "/v2/pipeline/runs",
                "/v2/transactions",
                "/v2/tx_attempts",
                "/v2/external_initiators",
                "/v2/audit",
                "/v2/job_specs",
                "/v2/nodes/evm/forwarders")) {
            HttpResponse<String> answer = node.get(list + "?page=2147483647&size=7", cookie);
            assertThat(answer.statusCode()).as(list).isEqualTo(200);
            assertThat(TestNode.json(answer).get("data")).as(list).isEmpty();
        }
    }

    @Test
    void negativeTransfer_isRefusedAndNothingIsQueued() throws Exception {
        node.sender.requests.clear();

        HttpResponse<String> answer =
                node.post("/v2/transfers/evm", cookie, transfer(",\"amount\":\"-1\",\"allowHigherAmounts\":true"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(TestNode.detail(answer)).contains("an amount is not negative");
        assertThat(node.sender.requests).isEmpty();
    }

    @Test
    void slowTransfer_isAnsweredWith504_beforeTheConnectionIsClosed() throws Exception {
        node.history.transactions.add(unsent());
        try (ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> answer = caller.submit(() ->
                    node.post("/v2/transfers/evm", cookie, transfer(",\"amount\":\"1\",\"allowHigherAmounts\":true")));
            node.clock.awaitSleepers(1);
            node.clock.advance(TransferRoutes.WAIT_DEFAULT);

            assertThat(answer.get().statusCode()).isEqualTo(504);
            assertThat(TestNode.detail(answer.get())).contains("may still have been broadcast");
        } finally {
            node.history.transactions.clear();
        }
    }

    /** It must be given up while the answer can still be written: before the write timeout. */
    @Test
    void wait_forATransfer_endsBeforeTheTimeToWriteAnAnswer() {
        assertThat(TransferRoutes.waitMax(Duration.ofSeconds(10))).isLessThan(Duration.ofSeconds(10));
    }

    private static TransactionView unsent() {
        return new TransactionView(
                1,
                ChainId.of(1337),
                TransactionState.UNSTARTED,
                Address.ZERO,
                Address.ZERO,
                Bytes.EMPTY,
                Wei.ZERO,
                21_000,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty());
    }

    @Test
    void readyz_failsWhileNoEndpointAnswers_alsoWhenTheWholeReportIsAskedFor() throws Exception {
        node.health.registerForReadiness("EVM", () -> HealthStatus.failing("no endpoint of any chain answers"));
        try {
            assertThat(node.get("/readyz", "").statusCode()).isEqualTo(503);
            assertThat(node.get("/readyz?full=1", "").statusCode()).isEqualTo(503);
        } finally {
            node.health.unregister("EVM");
        }
        assertThat(node.get("/readyz", "").statusCode()).isEqualTo(200);
    }

    @Test
    void oldNameOfEthereumKeys_doesWhatTheNewOneDoes() throws Exception {
        HttpResponse<String> made = node.post("/v2/keys/eth?evmChainID=1337", cookie, "");
        String address = TestNode.json(made).at("/data/attributes/address").stringValue();

        HttpResponse<String> deleted = node.call("DELETE", "/v2/keys/eth/" + address, Map.of("cookie", cookie), "");

        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(deleted.body()).contains(address);
    }
}
