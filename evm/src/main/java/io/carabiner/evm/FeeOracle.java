package io.carabiner.evm;

import io.carabiner.primitives.Address;

/**
 * Says what to pay on one chain, by the configured {@code GasEstimator.Mode}. Safe for use by many threads. Never calls
 * the network itself: prices are refreshed in the background, so asking is free.
 */
public interface FeeOracle {

    /**
     * What a new transaction should offer now, within the limits of the configuration and of the key.
     *
     * @param from the sender, whose {@code KeySpecific} ceiling counts
     */
    FeeQuote quote(Address from);

    /**
     * What to offer after an offer was not taken in time: at least {@code BumpPercent} and {@code BumpMin} more, or the
     * market price if that is higher.
     */
    FeeBump bump(FeeQuote previous, Address from);

    /** The gas limit to sign, for a wanted limit: times {@code LimitMultiplier}. */
    long gasLimit(long wanted);
}
