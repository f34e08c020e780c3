package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

import io.carabiner.primitives.ChainId;

/** What the node says about a chain: endpoints, heads, logs, gas prices. Thread-safe. */
public final class EvmMessages {

    private final OperatorLog log;

    /** The messages of one chain, under the Go node's logger name {@code EVM.<chain id>}. */
    public EvmMessages(ChainId chain) {
        this.log = OperatorLog.named("EVM." + chain);
    }

    /** No endpoint answers: nothing can be read or sent. */
    public void noLiveNodes(ChainId chain) {
        log.critical("EVM_NO_LIVE_NODES", "No live RPC nodes available", field("chainID", chain));
    }
}
