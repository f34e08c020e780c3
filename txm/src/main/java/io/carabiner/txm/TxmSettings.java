package io.carabiner.txm;

import io.carabiner.config.EvmConfig;
import java.time.Duration;

/**
 * The keys of the configuration that the manager goes by, under the Go node's names. 0 mostly means "off" or "no
 * limit".
 *
 * @param limitDefault the gas limit of a transaction that does nothing
 */
record TxmSettings(
        long maxInFlight,
        long maxQueued,
        long bumpThreshold,
        long bumpTxDepth,
        long limitDefault,
        Duration resendAfterThreshold,
        Duration reaperInterval,
        Duration reaperThreshold,
        boolean nonceAutoSync,
        long finalityDepth,
        boolean finalityTagEnabled) {

    static TxmSettings of(EvmConfig config) {
        EvmConfig.Transactions transactions = config.transactions();
        EvmConfig.GasEstimator gas = config.gasEstimator();
        return new TxmSettings(
                transactions.maxInFlight(),
                transactions.maxQueued(),
                gas.bumpThreshold(),
                gas.bumpTxDepth().orElse(transactions.maxInFlight()),
                gas.limitDefault(),
                transactions.resendAfterThreshold(),
                transactions.reaperInterval(),
                transactions.reaperThreshold(),
                config.nonceAutoSync(),
                config.finalityDepth(),
                config.finalityTagEnabled());
    }

    /** How many transactions a key may have on their way to a block. */
    long inFlightLimit() {
        return maxInFlight == 0 ? Long.MAX_VALUE : maxInFlight;
    }

    /** How many of the lowest nonces may be bumped. */
    long bumpDepth() {
        return bumpTxDepth == 0 ? Long.MAX_VALUE : bumpTxDepth;
    }
}
