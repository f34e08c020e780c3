package io.carabiner.evm;

import io.carabiner.primitives.Wei;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The arithmetic of offers: pure. Rules of the Go node 2.15, core/chains/evm/gas (models.go,
 * block_history_estimator.go, fixed_price_estimator.go).
 */
final class FeeRules {

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);
    /** A base fee rises by at most an eighth a block (EIP-1559). */
    private static final BigInteger EIGHT = BigInteger.valueOf(8);

    /** In percent, as the Go node's FeeHistory has it. */
    private static final BigInteger BASE_FEE_WITH_BUFFER = BigInteger.valueOf(140);

    private static final BigInteger NINE = BigInteger.valueOf(9);

    private FeeRules() {}

    /** Always the configured price. */
    static FeeQuote fixed(FeeSettings settings) {
        if (!settings.dynamic()) {
            return legacy(settings.priceDefault(), settings);
        }
        // Where nothing is bumped, the first cap is the ceiling itself.
        Wei cap = settings.bumpThreshold() == 0 ? settings.priceMax() : settings.feeCapDefault();
        return dynamic(cap, settings.tipCapDefault(), settings);
    }

    /** A market price, held between PriceMin and PriceMax. */
    static FeeQuote legacy(Wei market, FeeSettings settings) {
        return new FeeQuote.Legacy(market.max(settings.priceMin()).min(settings.priceMax()));
    }

    /** A market tip, with a cap that holds while the base fee rises for the buffered number of blocks. */
    static FeeQuote dynamicFor(Wei tip, Wei baseFee, FeeSettings settings) {
        Wei used = tip.max(settings.tipCapMin());
        Wei cap = settings.bumpThreshold() == 0 ? settings.priceMax() : feeCap(used, baseFee, settings);
        return dynamic(cap, used, settings);
    }

    /**
     * As the Go node's mode FeeHistory offers: the mean tip, which may be zero where the chain has no mempool, and the
     * next base fee with two fifths on top.
     */
    static FeeQuote feeHistory(FeeMarket market, Optional<Wei> headBaseFee, FeeSettings settings) {
        if (!settings.dynamic()) {
            return legacy(market.gasPrice().orElse(settings.priceDefault()), settings);
        }
        Optional<Wei> baseFee = market.baseFee().isPresent() && headBaseFee.isPresent()
                ? Optional.of(market.baseFee().get().max(headBaseFee.get()))
                : market.baseFee().or(() -> headBaseFee);
        Wei tip = market.tip().orElse(settings.tipCapDefault());
        if (baseFee.isEmpty()) {
            return dynamic(settings.feeCapDefault(), tip, settings);
        }
        Wei buffered =
                new Wei(baseFee.get().amount().multiply(BASE_FEE_WITH_BUFFER).divide(HUNDRED));
        Wei cap = settings.bumpThreshold() == 0 ? settings.priceMax() : buffered.plus(tip);
        return dynamic(cap, tip, settings);
    }

    /** baseFee × 1.125^n + tip. */
    static Wei feeCap(Wei tip, Wei baseFee, FeeSettings settings) {
        int blocks = settings.feeCapBufferBlocks();
        BigInteger risen = baseFee.amount().multiply(NINE.pow(blocks)).divide(EIGHT.pow(blocks));
        return new Wei(risen).plus(tip);
    }

    private static FeeQuote dynamic(Wei cap, Wei tip, FeeSettings settings) {
        Wei held = cap.min(settings.priceMax());
        return new FeeQuote.Dynamic(held, tip.min(held));
    }

    /**
     * The next offer after one that was not taken.
     *
     * @param market what a new transaction would offer now
     * @param baseFee the newest base fee, empty where there is none
     */
    static FeeBump bump(FeeQuote previous, FeeQuote market, Optional<Wei> baseFee, FeeSettings settings) {
        FeeQuote wanted =
                switch (previous) {
                    case FeeQuote.Legacy legacy -> bumped(legacy, market, settings);
                    case FeeQuote.Dynamic dynamic -> bumped(dynamic, market, baseFee, settings);
                };
        return wanted.ceiling().compareTo(settings.priceMax()) > 0
                ? new FeeBump.AtLimit(previous, wanted, settings.priceMax())
                : new FeeBump.Raised(wanted);
    }

    private static FeeQuote bumped(FeeQuote.Legacy previous, FeeQuote market, FeeSettings settings) {
        Wei raised = raise(previous.gasPrice(), settings);
        // The market is a reason to pay more than the step, but not to pass the ceiling.
        Wei now = market instanceof FeeQuote.Legacy price ? price.gasPrice().min(settings.priceMax()) : Wei.ZERO;
        return new FeeQuote.Legacy(raised.max(now));
    }

    private static FeeQuote bumped(
            FeeQuote.Dynamic previous, FeeQuote market, Optional<Wei> baseFee, FeeSettings settings) {
        Wei tip = raise(previous.tipCap().max(settings.tipCapDefault()), settings);
        if (market instanceof FeeQuote.Dynamic now) {
            tip = tip.max(now.tipCap());
        }
        // Endpoints take a replacement only if both parts rise.
        Wei cap = raise(previous.feeCap(), settings);
        if (baseFee.isPresent()) {
            cap = cap.max(feeCap(tip, baseFee.get(), settings).min(settings.priceMax()));
        }
        return new FeeQuote.Dynamic(cap.max(tip), tip);
    }

    /** The larger of BumpPercent and BumpMin more. */
    static Wei raise(Wei price, FeeSettings settings) {
        BigInteger percent = price.amount()
                .multiply(BigInteger.valueOf(100L + settings.bumpPercent()))
                .divide(HUNDRED);
        return new Wei(percent).max(price.plus(settings.bumpMin()));
    }

    /** The value at index (n−1)·p/100 of the sorted values. */
    static Optional<Wei> percentile(java.util.List<Wei> values, int percent) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        java.util.List<Wei> sorted = values.stream().sorted().toList();
        return Optional.of(sorted.get((sorted.size() - 1) * percent / 100));
    }
}
