package io.carabiner.evm;

import io.carabiner.config.EvmConfig;
import io.carabiner.primitives.ChainId;
import io.carabiner.rpc.RpcPool;

/**
 * One EVM chain of the node: its endpoints, heads, logs and prices. Starting never fails because endpoints are down; it
 * recovers by itself. Safe for use by many threads.
 */
public interface Chain extends AutoCloseable {

    /** The configured id; no endpoint of another chain is ever used. */
    ChainId id();

    /** Its settings. */
    EvmConfig config();

    /** Typed calls. */
    EthClient rpc();

    /** How its endpoints do, and what they were asked. */
    RpcPool pool();

    /** The newest block. */
    HeadTracker heads();

    /** Which blocks are final. */
    Finality finality();

    /** Events. */
    LogIntake logs();

    /** Prices. */
    FeeOracle fees();

    /** Starts the threads; log subscribers should be registered by now. Returns at once. */
    void start();

    /**
     * Stops the threads and closes the connections. What was in flight is as after a crash: the cursor row is right.
     */
    @Override
    void close();
}
