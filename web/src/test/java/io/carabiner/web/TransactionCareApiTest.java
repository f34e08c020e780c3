package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Wei;
import io.carabiner.txm.ActionOutcome;
import io.carabiner.txm.TransactionState;
import io.carabiner.txm.TransactionView;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Transfers, diagnoses and what operators do, over HTTP. */
final class TransactionCareApiTest {

    private static final String TO = "0x000000000000000000000000000000000000dEaD";

    private TestNode node;
    private Map<String, String> admin;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        node = TestNode.start(folder);
        admin = Map.of("cookie", node.loginAdmin());
        node.history.transactions.add(queued());
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static TransactionView queued() {
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

    private HttpResponse<String> transfer(String amount, String more) throws Exception {
        String from = node.newKey();
        return node.call(
                "POST",
                "/v2/transfers/evm",
                admin,
                "{\"address\":\"" + TO + "\",\"from\":\"" + from + "\",\"amount\":\"" + amount
                        + "\",\"evmChainID\":\"1337\"" + more + "}");
    }

    private static String detail(HttpResponse<String> answer) throws Exception {
        return TestNode.json(answer).at("/errors/0/detail").asString();
    }

    @Test
    void aTransfer_thatNobodyWaitsFor_isQueuedWithTheGasOfTransfers() throws Exception {
        HttpResponse<String> answer = transfer("1000", ",\"skipWaitTxAttempt\":true");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TestNode.json(answer).at("/data/attributes/state").asString())
                .isEqualTo("unstarted");
        assertThat(node.sender.requests).singleElement().satisfies(request -> {
            assertThat(request.gasLimit()).isEqualTo(21_000);
            assertThat(request.value()).isEqualTo(new Wei(BigInteger.valueOf(1_000)));
            assertThat(request.to()).isEqualTo(Address.fromHex(TO));
        });
    }

    @Test
    void moreThanTheKeyHas_orLessThanNothing_isRefused() throws Exception {
        node.sender.balance = new Wei(BigInteger.valueOf(1_500));
        HttpResponse<String> tooMuch = transfer("501", "");
        assertThat(tooMuch.statusCode()).isEqualTo(422);
        assertThat(detail(tooMuch)).endsWith("balance is too low for this transaction to be executed: 1500");
        HttpResponse<String> negative = transfer("-1", ",\"allowHigherAmounts\":true");
        assertThat(negative.statusCode()).isEqualTo(422);
        assertThat(node.sender.requests).isEmpty();
        assertThat(transfer("501", ",\"allowHigherAmounts\":true,\"skipWaitTxAttempt\":true")
                        .statusCode())
                .isEqualTo(200);
    }

    /** The clock goes on while it waits. */
    private HttpResponse<String> lateTransfer() throws Exception {
        FutureTask<HttpResponse<String>> answer =
                new FutureTask<>(() -> transfer("1000", ",\"waitAttemptTimeout\":1000000"));
        Thread asking = Thread.ofVirtual().start(answer);
        while (!asking.join(Duration.ofMillis(20))) {
            node.clock.advance(Duration.ofSeconds(1));
        }
        return answer.get();
    }

    @Test
    void aTransferThatGetsNoAttemptInTime_answersWithItsNumberAndWhyItWaits() throws Exception {
        HttpResponse<String> late = lateTransfer();
        assertThat(late.statusCode()).isEqualTo(504);
        JsonNode errors = TestNode.json(late).path("errors");
        assertThat(errors.get(0).path("detail").asString()).startsWith("failed to find transaction within timeout");
        assertThat(errors.get(1).path("detail").asString())
                .isEqualTo("transaction 1 is stored and goes on: It offers too little. (carabiner txs evm why 1)");
    }

    @Test
    void why_saysTheReasonsAndWhatCanBeDone() throws Exception {
        JsonNode one = TestNode.json(node.call("GET", "/v2/transactions/evm/1/diagnosis", admin, ""));
        assertThat(one.at("/data/attributes/findings/0/code").asString()).isEqualTo("UNDERPRICED");
        assertThat(one.at("/data/attributes/findings/0/remedies/0").asString()).isEqualTo("bump");
        JsonNode all = TestNode.json(node.call("GET", "/v2/keys/evm/diagnosis", admin, ""));
        assertThat(all.at("/data/0/attributes/queued").asInt()).isEqualTo(3);
        assertThat(node.call("GET", "/v2/transactions/evm/2/diagnosis", admin, "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void actions_nameWhoAsked_andSayWhatWasNotPossible() throws Exception {
        assertThat(node.call("POST", "/v2/transactions/evm/1/bump", admin, "").statusCode())
                .isEqualTo(200);
        assertThat(node.call("POST", "/v2/keys/evm/" + TO + "/fill-nonces", admin, "")
                        .statusCode())
                .isEqualTo(200);
        node.sender.outcome = new ActionOutcome.NotPossible("transaction 1 is mined already");
        HttpResponse<String> refused = node.call("POST", "/v2/transactions/evm/1/cancel", admin, "");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(detail(refused)).isEqualTo("transaction 1 is mined already");
        assertThat(node.sender.actions)
                .containsExactly(TestNode.ADMIN + " bump", TestNode.ADMIN + " fill", TestNode.ADMIN + " cancel");
    }
}
