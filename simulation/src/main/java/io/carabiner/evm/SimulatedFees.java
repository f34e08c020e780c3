package io.carabiner.evm;

import io.carabiner.primitives.Wei;
import java.util.Optional;

/** The real rules of offers, for a simulated world. Immutable. */
public final class SimulatedFees {

    private static final int BUMP_PERCENT = 20;

    private final FeeSettings settings;

    /** @param priceMax no offer is above it */
    public SimulatedFees(Wei priceMax) {
        settings = new FeeSettings(
                true,
                Wei.ofGwei(20),
                Wei.ofGwei(1),
                priceMax,
                Wei.ofGwei(100),
                Wei.ofGwei(1),
                Wei.ofGwei(1),
                Wei.ofGwei(5),
                BUMP_PERCENT,
                3,
                4);
    }

    /** A new offer. */
    public FeeQuote quote(Wei baseFee) {
        return FeeMarket.UNKNOWN.quote(settings, Optional.of(baseFee));
    }

    /** The next offer after one that was not taken. */
    public FeeBump bump(FeeQuote previous, Wei baseFee) {
        return FeeRules.bump(previous, quote(baseFee), Optional.of(baseFee), settings);
    }
}
