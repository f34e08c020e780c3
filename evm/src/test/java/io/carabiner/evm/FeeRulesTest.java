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

    private static FeeHistory history(List<List<Wei>> rewards) {
        return new FeeHistory(1, List.of(Wei.of(100), Wei.of(110), Wei.of(120), Wei.of(130)), rewards);
    }

    @Test
    void blockHistory_comesFromBlocksThatHeldTransactions() {
        FeeHistory history = history(List.of(List.of(Wei.of(5)), List.of(Wei.ZERO), List.of(Wei.of(7))));
        FeeMarket market = FeeMarket.percentile(history, 100, 3);
        assertThat(market.gasPrice()).contains(Wei.of(127));
        assertThat(market.tip()).contains(Wei.of(7));
        assertThat(FeeMarket.percentile(history, 0, 3).tip()).contains(Wei.of(5));
    }

    @Test
    void blockHistory_isPricedByItsNewestBlocksOnly() {
        FeeHistory history = history(List.of(
                List.of(Wei.of(90), Wei.of(99)), List.of(Wei.of(5), Wei.of(50)), List.of(Wei.of(7), Wei.of(70))));
        FeeMarket market = FeeMarket.percentile(history, 100, 2);
        assertThat(market.tip()).contains(Wei.of(7));
        assertThat(market.competing()).hasSize(3);
    }

    @Test
    void feeHistory_isTheMeanTipAndTwoFifthsOnTheNextBaseFee() {
        FeeHistory history = history(
                List.of(List.of(Wei.of(4), Wei.of(40)), List.of(Wei.ZERO, Wei.ZERO), List.of(Wei.of(7), Wei.of(61))));
        FeeMarket market = FeeMarket.mean(history);
        assertThat(market.tip()).contains(Wei.of(5));
        assertThat(FeeRules.feeHistory(market, Optional.of(Wei.of(120)), settings(true, HUGE, 3)))
                .isEqualTo(new FeeQuote.Dynamic(Wei.of(182 + 5), Wei.of(5)));
        assertThat(FeeRules.feeHistory(market, Optional.of(Wei.of(1_000)), settings(true, HUGE, 3))
                        .ceiling())
                .isEqualTo(Wei.of(1_405));
        assertThat(FeeRules.feeHistory(market.withoutTip(), Optional.empty(), settings(true, HUGE, 3)))
                .isEqualTo(new FeeQuote.Dynamic(Wei.of(182), Wei.ZERO));
        assertThat(FeeRules.feeHistory(FeeMarket.ofGasPrice(Wei.ofGwei(7)), Optional.empty(), settings(false, HUGE, 3)))
                .isEqualTo(new FeeQuote.Legacy(Wei.ofGwei(7)));
    }

    @Test
    void offerThatBeatsMostOthers_butIsNotMined_isUnconnected() {
        List<FeeMarket.Paid> competing = List.of(
                new FeeMarket.Paid(10, Wei.of(100), Wei.of(90)),
                new FeeMarket.Paid(11, Wei.of(100), Wei.of(20)),
                new FeeMarket.Paid(12, Wei.of(500), Wei.of(20)));
        FeeQuote high = new FeeQuote.Dynamic(Wei.of(300), Wei.of(30));
        FeeQuote low = new FeeQuote.Dynamic(Wei.of(300), Wei.of(20));
        FeeQuote capped = new FeeQuote.Dynamic(Wei.of(110), Wei.of(30));
        assertThat(Connectivity.servedBefore(high, 10, 22, competing, 12)).isTrue();
        assertThat(Connectivity.servedBefore(high, 10, 21, competing, 12))
                .as("too early")
                .isFalse();
        assertThat(Connectivity.servedBefore(high, 9, 22, competing, 12))
                .as("block 10 paid more")
                .isFalse();
        assertThat(Connectivity.servedBefore(high, 10, 22, competing, 0))
                .as("switched off")
                .isFalse();
        assertThat(Connectivity.servedBefore(low, 10, 22, competing, 12)).isFalse();
        assertThat(Connectivity.servedBefore(capped, 10, 22, competing, 12))
                .as("no block was open")
                .isFalse();
        assertThat(Connectivity.servedBefore(new FeeQuote.Legacy(Wei.of(521)), 10, 22, competing, 12))
                .isTrue();
        assertThat(Connectivity.servedBefore(new FeeQuote.Legacy(Wei.of(520)), 10, 22, competing, 12))
                .isFalse();
    }

    @Test
    void tipAboveNearlyAllOthers_isNotRaisedInModeFeeHistory() {
        FeeSettings settings = settings(true, HUGE, 3);
        FeeQuote offer = new FeeQuote.Dynamic(Wei.ofGwei(50), Wei.ofGwei(10));
        List<FeeMarket.Paid> below = List.of(new FeeMarket.Paid(1, Wei.ZERO, Wei.ofGwei(14)));
        List<FeeMarket.Paid> above = List.of(new FeeMarket.Paid(1, Wei.ZERO, Wei.ofGwei(16)));
        assertThat(Connectivity.tipIsHigh(offer, below, settings)).isTrue();
        assertThat(Connectivity.tipIsHigh(offer, above, settings)).isFalse();
        assertThat(Connectivity.tipIsHigh(offer, List.of(), settings)).isFalse();
    }

    @Test
    void arbitrumLimit_hasTheTransactionAndItsBytes() {
        ArbitrumGas.Prices prices = new ArbitrumGas.Prices(1_000, 16);
        assertThat(ArbitrumGas.limit(500_000, 100, prices, 1_000_000)).isEqualTo(502_600);
        assertThat(ArbitrumGas.limit(500_000, 100, prices, 501_000)).isEqualTo(501_000);
    }

    private static FeeBump bump(FeeQuote previous, FeeQuote market, FeeSettings settings) {
        return FeeRules.bump(previous, market, Optional.empty(), settings);
    }
}
