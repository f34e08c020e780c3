package io.carabiner.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.config.SelectionMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decisions of the pool, without endpoints. */
class PoolRulesTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @ParameterizedTest
    @CsvSource({
        // lag, threshold, errors, latency ms, score, step
        "0, 5, 0.00,   20, 100, 4",
        "0, 5, 0.00,  150, 100, 4",
        "0, 5, 0.00,  300,  90, 4",
        "0, 5, 0.00, 2400,  60, 2",
        "1, 5, 0.00,   20,  80, 3",
        "5, 5, 0.00,   20,  50, 2",
        "9, 5, 0.00,   20,  20, 0",
        "1, 0, 0.00,   20,  80, 3",
        "6, 0, 0.00,   20,  70, 3",
        "0, 5, 0.10,   20,  90, 4",
        "0, 5, 1.00,   20,   0, 0",
        "5, 5, 0.50, 2400,   0, 0",
    })
    void score_fallsWithLagErrorsAndSlowness(
            long lag, long threshold, double errors, long millis, int score, int step) {
        int found = HealthScore.of(lag, threshold, errors, Optional.of(Duration.ofMillis(millis)));
        assertThat(found).isEqualTo(score);
        assertThat(HealthScore.step(found)).isEqualTo(step);
    }

    @Test
    void unknownLatency_costsNothing() {
        assertThat(HealthScore.of(0, 5, 0, Optional.empty())).isEqualTo(100);
    }

    private static EndpointChoice.Candidate<String> candidate(
            String name, int order, EndpointChoice.Standing standing, int score) {
        return new EndpointChoice.Candidate<>(name, order, standing, score);
    }

    private static EndpointChoice.Candidate<String> good(String name, int order, int score) {
        return candidate(name, order, EndpointChoice.Standing.GOOD, score);
    }

    @Test
    void highestHead_takesTheHealthiest_thenTheOrder_thenTheConfigurations() {
        List<EndpointChoice.Candidate<String>> all = List.of(
                candidate("paused", 1, EndpointChoice.Standing.PAUSED, 100),
                good("lagging", 1, 70),
                good("second", 2, 95),
                good("first", 1, 99),
                good("third", 2, 100),
                candidate("silent", 1, EndpointChoice.Standing.SILENT, 100),
                candidate("behind", 1, EndpointChoice.Standing.OUT_OF_SYNC, 20),
                candidate("narrow", 1, EndpointChoice.Standing.LIMITED, 100));
        assertThat(EndpointChoice.order(all, SelectionMode.HIGHEST_HEAD, 7))
                .containsExactly("first", "second", "third", "lagging", "narrow", "behind", "silent", "paused");
        assertThat(EndpointChoice.order(all, SelectionMode.TOTAL_DIFFICULTY, 8))
                .isEqualTo(EndpointChoice.order(all, SelectionMode.HIGHEST_HEAD, 9));
    }

    @Test
    void roundRobin_takesTurnsAmongTheHealthy() {
        List<EndpointChoice.Candidate<String>> all = List.of(good("a", 1, 100), good("b", 9, 100), good("sick", 1, 10));
        List<String> first = new ArrayList<>();
        for (long turn = 0; turn < 6; turn++) {
            first.add(EndpointChoice.order(all, SelectionMode.ROUND_ROBIN, turn).getFirst());
        }
        assertThat(first).contains("a", "b").doesNotContain("sick");
    }

    @Test
    void priorityLevel_staysInTheLowestTier() {
        List<EndpointChoice.Candidate<String>> all = List.of(good("spare", 2, 100), good("a", 1, 50), good("b", 1, 60));
        for (long turn = 0; turn < 6; turn++) {
            assertThat(EndpointChoice.order(all, SelectionMode.PRIORITY_LEVEL, turn))
                    .endsWith("spare");
        }
    }

    @Test
    void hedgeDelay_isTheEndpointsUsualTime_withinLimits() {
        assertThat(HedgeRules.delay(Optional.empty())).isEqualTo(HedgeRules.SILENCE);
        assertThat(HedgeRules.delay(Optional.of(Duration.ofMillis(1)))).isEqualTo(HedgeRules.DELAY_MIN);
        assertThat(HedgeRules.delay(Optional.of(Duration.ofMillis(400)))).isEqualTo(Duration.ofMillis(400));
        assertThat(HedgeRules.delay(Optional.of(Duration.ofSeconds(9)))).isEqualTo(HedgeRules.SILENCE);
    }

    @Test
    void hedges_neverAddMoreThanTheirShareOfCalls() {
        HedgeRules rules = new HedgeRules(() -> true);
        int calls = 10_000;
        int extra = 0;
        for (int i = 0; i < calls; i++) {
            rules.called(1);
            extra += rules.takeExtra(1) ? 1 : 0;
        }
        assertThat(extra)
                .isLessThanOrEqualTo((int) (calls * HedgeRules.EXTRA_CALLS_SHARE_MAX) + HedgeRules.BURST_MAX)
                .isGreaterThan((int) (calls * HedgeRules.EXTRA_CALLS_SHARE_MAX) - 2);
        assertThat(new HedgeRules(() -> false).takeExtra(1)).isFalse();
    }

    @Test
    void latency_isKnownPerMethodAfterSomeAnswers() {
        CallStats stats = new CallStats();
        for (int i = 1; i <= 20; i++) {
            long ticket = stats.sent(0);
            stats.answered(ticket, "eth_call", i * 1_000_000L);
        }
        assertThat(stats.latency("eth_call", 0.95)).contains(Duration.ofMillis(19));
        assertThat(stats.latency("eth_call", 0.5)).contains(Duration.ofMillis(10));
        assertThat(stats.latency("eth_getLogs", 0.95)).isEmpty();
        assertThat(stats.latency(0.5)).contains(Duration.ofMillis(10));
    }

    @Test
    void silence_isAnOldDebtWithNothingAnsweredSince() {
        CallStats stats = new CallStats();
        long slow = stats.sent(0);
        assertThat(stats.isSilent(HedgeRules.SILENCE, SECOND)).isFalse();
        assertThat(stats.isSilent(HedgeRules.SILENCE, 2 * SECOND)).isTrue();
        long quick = stats.sent(2 * SECOND);
        stats.answered(quick, "eth_call", 2 * SECOND + 1);
        assertThat(stats.isSilent(HedgeRules.SILENCE, 3 * SECOND))
                .as("a slow answer beside a quick one")
                .isFalse();
        stats.failed(slow, 3 * SECOND);
        assertThat(stats.isSilent(HedgeRules.SILENCE, 9 * SECOND)).isFalse();
    }

    @Test
    void errorRate_risesWithFailuresAndIsForgotten() {
        CallStats stats = new CallStats();
        for (int i = 0; i < 30; i++) {
            stats.failed(stats.sent(0), 0);
        }
        assertThat(stats.errorRate(0)).isGreaterThan(0.9);
        assertThat(stats.errorRate(Duration.ofMinutes(10).toNanos())).isLessThan(0.05);
    }

    @Test
    void lag_isJudgedWhenAnEndpointSpeaks() {
        Heights heights = new Heights();
        heights.saw("a", 100, 0);
        heights.saw("b", 98, 1);
        assertThat(heights.lag("a")).isZero();
        assertThat(heights.lag("b")).isEqualTo(2);
        heights.saw("a", 110, 10 * SECOND);
        assertThat(heights.lag("b")).as("it was not asked since").isEqualTo(2);
        assertThat(heights.best()).isEqualTo(OptionalLong.of(110));
        assertThat(heights.blockTime()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aLeap_isBelievedOnlyWithASecondVoice() {
        Heights heights = new Heights();
        heights.saw("a", 100, 0);
        heights.saw("b", 100, 0);
        assertThat(heights.saw("liar", 9_000_000, SECOND)).isFalse();
        assertThat(heights.best()).isEqualTo(OptionalLong.of(100));
        assertThat(heights.isLeap(9_000_000, SECOND)).isTrue();
        assertThat(heights.isLeap(20, SECOND)).isTrue();
        assertThat(heights.isLeap(102, SECOND)).isFalse();
        assertThat(heights.saw("b", 9_000_001, 2 * SECOND)).isTrue();
    }

    @Test
    void aChainThatAllSayIsLower_isLower() {
        Heights heights = new Heights();
        heights.saw("a", 1000, 0);
        heights.saw("b", 1000, 0);
        heights.saw("a", 5, 20 * SECOND);
        heights.saw("b", 6, 20 * SECOND);
        heights.judge(false, Duration.ofSeconds(2), 20 * SECOND);
        assertThat(heights.best()).isEqualTo(OptionalLong.of(1000));
        heights.judge(true, Duration.ofSeconds(2), 20 * SECOND);
        assertThat(heights.best()).isEqualTo(OptionalLong.of(6));
        assertThat(heights.lag("a")).isEqualTo(1);
    }

    private static List<NodeAnswer<Long>> answers(long... values) {
        List<NodeAnswer<Long>> answers = new ArrayList<>();
        for (long value : values) {
            answers.add(new NodeAnswer<>("n" + answers.size(), value));
        }
        return answers;
    }

    @Test
    void quorum_countsVoices() {
        assertThat(Quorum.of(answers(), v -> v)).isEqualTo(new Quorum.Silence<Long>());
        assertThat(Quorum.of(answers(7), v -> v)).isEqualTo(new Quorum.Alone<>(7L));
        assertThat(Quorum.of(answers(7, 7), v -> v)).isEqualTo(new Quorum.Agreed<>(7L));
        assertThat(Quorum.of(answers(7, 8), v -> v)).isEqualTo(new Quorum.Split<>(answers(7, 8)));
        assertThat(Quorum.of(answers(7, 8, 8), v -> v)).isEqualTo(new Quorum.Agreed<>(8L));
        assertThat(Quorum.of(answers(7, 8, 9), v -> v)).isEqualTo(new Quorum.Split<>(answers(7, 8, 9)));
        assertThat(Quorum.of(answers(7, 9), v -> v % 2)).isEqualTo(new Quorum.Agreed<>(7L));
    }

    @Test
    void chainDoubt_costsNothingWhileNothingIsInFlight() {
        Duration recent = Duration.ofMinutes(1);
        List<RpcCall> head = List.of(RpcCall.of("eth_getBlockByNumber", "latest", false));
        List<RpcCall> nonce = List.of(RpcCall.of("eth_getTransactionCount", "0x", "latest"));
        assertThat(ChainDoubt.with(head, recent)).isFalse();
        assertThat(ChainDoubt.with(nonce, recent)).isTrue();
        assertThat(ChainDoubt.with(nonce, Duration.ofSeconds(1))).isFalse();
        assertThat(ChainDoubt.with(head, ChainDoubt.REGULAR)).isTrue();
        assertThat(ChainDoubt.after(head, List.of(), recent, false, false)).isFalse();
        assertThat(ChainDoubt.after(head, List.of(), recent, false, true)).isTrue();
        assertThat(ChainDoubt.after(head, List.of(), Duration.ZERO, true, false))
                .isTrue();
    }

    @Test
    void capabilities_areLearnedFromRefusals_andForgotten() {
        Capabilities known = new Capabilities();
        RpcCall wide = RpcCall.of("eth_getLogs", java.util.Map.of("fromBlock", "0x1", "toBlock", "0x7d0"));
        RpcError tooWide = new RpcError(-32000, "query returned more than 10000 results", Optional.empty());
        known.learn(wide, new RpcReply.Failure(tooWide), SECOND);
        assertThat(known.known().logRangeMax()).isEqualTo(OptionalLong.of(1999));
        assertThat(known.canServe(List.of(wide), 2 * SECOND)).isFalse();
        assertThat(known.batchRefused(100, SECOND)).isTrue();
        assertThat(known.batchMax(2 * SECOND)).isEqualTo(50);
        long later = Capabilities.FORGET_AFTER.toNanos() + 3 * SECOND;
        assertThat(known.canServe(List.of(wide), later)).isTrue();
        assertThat(known.batchMax(later)).isEqualTo(Integer.MAX_VALUE);
    }
}
