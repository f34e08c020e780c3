package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

import io.carabiner.primitives.ChainId;

/** What the node says about its transactions on one chain. Thread-safe. */
public final class TxmMessages {

    private final OperatorLog log;

    /** The messages of one chain, under the Go node's logger name {@code EVM.<chain id>.Txm}. */
    public TxmMessages(ChainId chain) {
        this.log = OperatorLog.named("EVM." + chain + ".Txm");
    }

    /** A transaction was given to the network. */
    public void broadcast(long transactionId, String hash, long nonce) {
        log.info(
                "TXM_BROADCAST",
                "Transaction sent",
                field("txID", transactionId),
                field("txHash", hash),
                field("nonce", nonce));
    }
}
