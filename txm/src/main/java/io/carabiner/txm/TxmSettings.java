package io.carabiner.txm;

import io.carabiner.config.EvmConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * The keys of the configuration that the manager goes by, under the Go node's names. 0 mostly means "off" or "no
 * limit".
 *
 * @param chainType {@code EVM.ChainType}; empty for none
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
        boolean finalityTagEnabled,
        boolean forwardersEnabled,
        EvmConfig.AutoPurge autoPurge,
        String chainType) {

    /** Nothing is purged. */
    static final EvmConfig.AutoPurge NO_PURGE =
            new EvmConfig.AutoPurge(false, Optional.empty(), Optional.empty(), Optional.empty());

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
                config.finalityTagEnabled(),
                transactions.forwardersEnabled(),
                transactions.autoPurge(),
                config.chainType().map(Object::toString).orElse(""));
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
