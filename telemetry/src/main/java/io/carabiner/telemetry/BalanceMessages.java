package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

import io.carabiner.primitives.ChainId;

/** What the node says about the balances of its keys on one chain. Thread-safe. */
public final class BalanceMessages {

    private final OperatorLog log;

    /** The messages of one chain, under the Go node's logger name {@code EVM.<chain id>.BalanceMonitor}. */
    public BalanceMessages(ChainId chain) {
        this.log = OperatorLog.named("EVM." + chain + ".BalanceMonitor");
    }

    /** A key has too little; said once until it has enough again. */
    public void low(String address, String wei, String leastWei) {
        log.warn(
                "BALANCE_LOW",
                "A key has little coin left: send it some before its transactions wait",
                field("address", address),
                field("wei", wei),
                field("leastWei", leastWei));
    }

    /** A key that had too little has enough. */
    public void enough(String address, String wei) {
        log.info("BALANCE_ENOUGH", "A key has enough coin again", field("address", address), field("wei", wei));
    }

    /** The chain did not say; it is asked again. */
    public void unknown(String address, String reason) {
        log.debug("BALANCE_UNKNOWN", "A balance could not be read", field("address", address), field("err", reason));
    }
}
