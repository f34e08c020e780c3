package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.config.EvmConfig;
import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import io.carabiner.testkit.FakeRpc;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which transaction is thought to be stuck, as tables, and what Scroll's service says of it over real HTTP. */
final class StuckRulesTest {

    private static final EvmConfig.AutoPurge AFTER_5_BLOCKS_AND_2_ATTEMPTS =
            new EvmConfig.AutoPurge(true, Optional.of(5L), Optional.of(2L), Optional.empty());

    private static SignedAttempt signed(long number, boolean purge) {
        return new SignedAttempt(
                Hash32.fromHex("%064x".formatted(number)),
                Bytes.of((byte) 1),
                new FeeQuote.Legacy(Wei.ofGwei(number)),
                21_000,
                purge);
    }

    private static InFlight sent(long nonce, long block) {
        return new InFlight(
                        nonce,
                        nonce,
                        TransactionState.UNCONFIRMED,
                        new Payload(Address.ZERO, Bytes.EMPTY, Wei.ZERO, 21_000),
                        List.of(Attempt.fresh(signed(nonce + 1, false))),
                        Optional.empty(),
                        new Terms(true, OptionalInt.of(1), Instant.EPOCH),
                        Pace.at(0))
                .withTop(top -> top.sent(block));
    }

    private static InFlight bumped(long nonce, long block) {
        return sent(nonce, block)
                .with(signed(nonce + 50, false), Optional.empty())
                .withTop(top -> top.sent(block + 2));
    }

    private static Optional<Long> candidate(
            StuckRules.Method method, long head, OptionalLong lastPurge, InFlight... all) {
        TreeMap<Long, InFlight> inFlight = new TreeMap<>();
        for (InFlight one : all) {
            inFlight.put(one.nonce(), one);
        }
        return StuckRules.candidate(
                        new KeyState(Address.ZERO, 9, inFlight, new TreeMap<>()),
                        head,
                        lastPurge,
                        method,
                        AFTER_5_BLOCKS_AND_2_ATTEMPTS)
                .map(InFlight::nonce);
    }

    private static Optional<Long> heuristic(long head, InFlight... all) {
        return candidate(StuckRules.Method.HEURISTIC, head, OptionalLong.empty(), all);
    }

    @Test
    void theChainsType_saysHowItTells() {
        assertThat(StuckRules.Method.of("zkevm")).isEqualTo(StuckRules.Method.FORGOTTEN);
        assertThat(StuckRules.Method.of("xlayer")).isEqualTo(StuckRules.Method.FORGOTTEN);
        assertThat(StuckRules.Method.of("scroll")).isEqualTo(StuckRules.Method.SKIPPED_LIST);
        assertThat(StuckRules.Method.of("")).isEqualTo(StuckRules.Method.HEURISTIC);
    }

    @Test
    void onlyTheLowestNonce_longEnoughAndOftenEnoughTried_isStuck() {
        assertThat(heuristic(15, bumped(3, 10), bumped(4, 1))).contains(3L);
        assertThat(heuristic(14, bumped(3, 10), bumped(4, 1)))
                .as("4 blocks since the first attempt was sent, and the next one only stands behind it")
                .isEmpty();
        assertThat(heuristic(99, sent(3, 10))).as("one attempt").isEmpty();
        assertThat(heuristic(99, sent(3, 10).with(signed(60, false), Optional.empty())))
                .as("the second is not sent yet")
                .isEmpty();
        assertThat(heuristic(99, bumped(3, 10).in(TransactionState.CONFIRMED_MISSING_RECEIPT)))
                .as("its nonce is used")
                .isEmpty();
        assertThat(heuristic(99, bumped(3, 10).givenUp("hopeless")))
                .as("being purged")
                .isEmpty();
        assertThat(heuristic(99)).isEmpty();
    }

    @Test
    void afterAPurge_theNextOneHasItsTimeToo() {
        InFlight old = bumped(3, 1);
        assertThat(candidate(StuckRules.Method.HEURISTIC, 14, OptionalLong.of(10), old))
                .isEmpty();
        assertThat(candidate(StuckRules.Method.HEURISTIC, 15, OptionalLong.of(10), old))
                .contains(3L);
    }

    @Test
    void chainsThatTell_needNoTime() {
        assertThat(candidate(StuckRules.Method.FORGOTTEN, 12, OptionalLong.of(12), bumped(3, 10)))
                .contains(3L);
        assertThat(candidate(StuckRules.Method.SKIPPED_LIST, 12, OptionalLong.empty(), bumped(3, 10)))
                .contains(3L);
    }

    @Test
    void onlyWhatOffersMoreThanTheMarket_isNotKeptByItsPrice() {
        InFlight offers51 = sent(50, 1);
        assertThat(StuckRules.paysEnough(offers51, new FeeQuote.Legacy(Wei.ofGwei(50))))
                .isTrue();
        assertThat(StuckRules.paysEnough(offers51, new FeeQuote.Legacy(Wei.ofGwei(51))))
                .isFalse();
    }

    @Test
    void scrollsService_namesWhatItSkipped_andItsFaultsAreTold() throws IOException {
        Hash32 skipped = signed(1, false).hash();
        Hash32 fine = signed(2, false).hash();
        try (FakeRpc service = new FakeRpc()) {
            SkippedList list = new SkippedList(service.httpUri());
            service.raw(asked -> asked.path("txs").size() == 2
                    ? FakeRpc.ok("{\"errcode\":0,\"errmsg\":\"\",\"data\":{\"" + skipped + "\":1,\"" + fine + "\":0}}")
                    : FakeRpc.status(400, "", ""));
            assertThat(list.among(List.of(skipped, fine))).containsExactly(skipped);
            assertThat(service.heads()).anyMatch(head -> head.startsWith("POST /v1/sequencer/tx/skipped"));
            assertThatThrownBy(() -> list.among(List.of(fine))).hasMessageContaining("status 400");
            service.raw(asked -> FakeRpc.ok("<html>"));
            assertThatThrownBy(() -> list.among(List.of(fine))).hasMessageContaining("not JSON");
            service.raw(asked -> FakeRpc.ok("{\"errcode\":40001,\"errmsg\":\"too many\"}"));
            assertThatThrownBy(() -> list.among(List.of(fine))).hasMessageContaining("40001 too many");
        }
    }
}
