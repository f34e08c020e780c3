package io.carabiner.evm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Wei;
import java.util.Optional;

/**
 * Says what to pay on one chain, by the configured {@code GasEstimator.Mode}. Safe for use by many threads. But
 * for {@link #dataGasPrice} it never calls the network itself: prices are refreshed in the background, so asking is
 * free.
 */
public interface FeeOracle {

    /**
     * What a new transaction should offer now, within the limits of the configuration and of the key.
     *
     * @param from the sender, whose {@code KeySpecific} ceiling counts
     */
    FeeQuote quote(Address from);

    /**
     * What to offer after an offer was not taken in time: at least {@code BumpPercent} and {@code BumpMin}
     * more, or the
     * market price if that is higher.
     */
    FeeBump bump(FeeQuote previous, Address from);

    /**
     * Whether an offer that is not mined is so high that more would not help: the transaction does not reach those who
     * make blocks. Then it should be sent again as it is, and the operator told.
     *
     * @param sentBefore the newest block's number when the offer was first sent
     */
    boolean isUnconnected(FeeQuote offered, long sentBefore);

    /**
     * The gas limit to sign, for a wanted limit: times {@code LimitMultiplier}, and in mode Arbitrum with what
     * the chain
     * takes for the transaction and its data.
     *
     * @param dataBytes the length of the transaction's data
     */
    long gasLimit(long wanted, int dataBytes);

    /**
     * What a layer 2 asks for the gas of the layer under it, by {@code GasEstimator.DAOracle} or the chain's
     * type; empty
     * on a chain that stands alone. Unlike the others it asks the network, where what is known is older than 6
     * seconds.
     *
     * @throws io.carabiner.rpc.RpcException if no endpoint answers and nothing is known from the last 12 seconds
     */
    Optional<Wei> dataGasPrice();
}
