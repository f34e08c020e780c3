package io.carabiner.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Wei;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeeRulesTest {

    private static final Wei HUGE = new Wei(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));

    private static FeeSettings settings(boolean dynamic, Wei priceMax, long bumpThreshold) {
        return new FeeSettings(
                dynamic,
                Wei.ofGwei(20),
                Wei.ofGwei(1),
                priceMax,
                Wei.ofGwei(100),
                Wei.of(1),
                Wei.of(1),
                Wei.ofGwei(5),
                20,
                bumpThreshold,
                (int) bumpThreshold + 1);
    }

    @Test
    void fixedPrice_isTheConfiguredOne() {
        assertThat(FeeRules.fixed(settings(false, HUGE, 3))).isEqualTo(new FeeQuote.Legacy(Wei.ofGwei(20)));
        assertThat(FeeRules.fixed(settings(true, HUGE, 3))).isEqualTo(new FeeQuote.Dynamic(Wei.ofGwei(100), Wei.of(1)));
    }

    @Test
    void withoutBumping_theFirstCapIsTheCeiling() {
        Wei max = Wei.ofGwei(300);
        assertThat(FeeRules.fixed(settings(true, max, 0)).ceiling()).isEqualTo(max);
        assertThat(FeeRules.dynamicFor(Wei.ofGwei(2), Wei.ofGwei(10), settings(true, max, 0))
                        .ceiling())
                .isEqualTo(max);
    }

    @Test
    void marketPrice_isHeldBetweenMinAndMax() {
        assertThat(FeeRules.legacy(Wei.of(3), settings(false, HUGE, 3)).ceiling())
                .isEqualTo(Wei.ofGwei(1));
        assertThat(FeeRules.legacy(Wei.ofGwei(90), settings(false, Wei.ofGwei(50), 3))
                        .ceiling())
                .isEqualTo(Wei.ofGwei(50));
    }

    @Test
    void feeCap_holdsWhileTheBaseFeeRises() {
        // 10 gwei × 1.125^4 + 2 gwei
        assertThat(FeeRules.dynamicFor(Wei.ofGwei(2), Wei.ofGwei(10), settings(true, HUGE, 3)))
                .isEqualTo(new FeeQuote.Dynamic(Wei.of(18_018_066_406L), Wei.ofGwei(2)));
    }

    @Test
    void legacyBump_isThePercentTheMinimumOrTheMarket() {
        FeeSettings settings = settings(false, HUGE, 3);
        assertThat(bump(new FeeQuote.Legacy(Wei.ofGwei(10)), new FeeQuote.Legacy(Wei.ofGwei(1)), settings))
                .isEqualTo(new FeeBump.Raised(new FeeQuote.Legacy(Wei.ofGwei(15))));
        assertThat(bump(new FeeQuote.Legacy(Wei.ofGwei(100)), new FeeQuote.Legacy(Wei.ofGwei(1)), settings))
                .isEqualTo(new FeeBump.Raised(new FeeQuote.Legacy(Wei.ofGwei(120))));
        assertThat(bump(new FeeQuote.Legacy(Wei.ofGwei(100)), new FeeQuote.Legacy(Wei.ofGwei(200)), settings))
                .isEqualTo(new FeeBump.Raised(new FeeQuote.Legacy(Wei.ofGwei(200))));
    }

    @Test
    void dynamicBump_raisesBothPartsByTheStep() {
        FeeQuote previous = new FeeQuote.Dynamic(Wei.ofGwei(100), Wei.ofGwei(50));
        FeeQuote market = new FeeQuote.Dynamic(Wei.ofGwei(30), Wei.ofGwei(1));
        assertThat(FeeRules.bump(previous, market, Optional.of(Wei.ofGwei(10)), settings(true, HUGE, 3)))
                .isEqualTo(new FeeBump.Raised(new FeeQuote.Dynamic(Wei.ofGwei(120), Wei.ofGwei(60))));
    }

    @Test
    void bumpAboveTheCeiling_leavesTheOfferAsItIs() {
        FeeQuote previous = new FeeQuote.Legacy(Wei.ofGwei(100));
        FeeSettings settings = settings(false, Wei.ofGwei(110), 3);
        assertThat(bump(previous, previous, settings))
                .isEqualTo(new FeeBump.AtLimit(previous, new FeeQuote.Legacy(Wei.ofGwei(120)), Wei.ofGwei(110)));
    }

    @Test
    void bumps_endAtTheCeilingAndEachIsARealReplacement() {
        FeeSettings settings = settings(true, Wei.ofGwei(500), 3);
        FeeQuote offer = new FeeQuote.Dynamic(Wei.ofGwei(20), Wei.ofGwei(1));
        int steps = 0;
        while (FeeRules.bump(offer, offer, Optional.of(Wei.ofGwei(8)), settings)
                instanceof FeeBump.Raised(FeeQuote next)) {
            assertThat(next.ceiling().amount().multiply(BigInteger.TEN))
                    .isGreaterThanOrEqualTo(offer.ceiling().amount().multiply(BigInteger.valueOf(11)));
            offer = next;
            assertThat(++steps).isLessThan(50);
        }
        assertThat(offer.ceiling()).isLessThanOrEqualTo(Wei.ofGwei(500));
        assertThat(steps).isGreaterThan(5);
    }

    @Test
    void percentile_isTheIndexOfTheGoNode() {
        List<Wei> values = List.of(Wei.of(40), Wei.of(10), Wei.of(30), Wei.of(20), Wei.of(50));
        assertThat(FeeRules.percentile(values, 60)).contains(Wei.of(30));
        assertThat(FeeRules.percentile(values, 100)).contains(Wei.of(50));
        assertThat(FeeRules.percentile(List.of(), 60)).isEmpty();
    }

    @Test
    void market_comesFromBlocksThatHeldTransactions() {
        FeeHistory history = new FeeHistory(
                1,
                List.of(Wei.of(100), Wei.of(110), Wei.of(120), Wei.of(130)),
                List.of(List.of(Wei.of(5)), List.of(Wei.ZERO), List.of(Wei.of(7))));
        assertThat(FeeMarket.of(history, 100))
                .isEqualTo(new FeeMarket(Optional.of(Wei.of(127)), Optional.of(Wei.of(7))));
    }

    private static FeeBump bump(FeeQuote previous, FeeQuote market, FeeSettings settings) {
        return FeeRules.bump(previous, market, Optional.empty(), settings);
    }
}
