package io.carabiner.evm;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Turns the chain's events into rows: reads {@code eth_getLogs} over ranges for all subscribers at once and advances a
 * durable cursor in the same transaction in which the subscribers store what they need.
 *
 * <p>A subscription is only a hint to look; so an endpoint that swallows notifications costs time, never an event. The
 * hashes of the newest blocks are kept, and every answer is checked against them before it is stored: events of another
 * fork, or of an endpoint that does not have the block yet, are asked for again. Safe for use by many threads.
 */
public interface LogIntake {

    /**
     * Adds a subscriber. Register before the chain is started; a subscriber that comes later is served from the next
     * block that is read ("from now"). Blocks before that are given on {@link #replayFrom}.
     */
    void register(LogSubscriber subscriber);

    /** Looks at the subscribers' filters and the chain again soon; call it after a filter has grown. */
    void wake();

    /**
     * Gives all blocks from this one on again, to all subscribers, without a reorg; returns at once. The wish is kept
     * in memory until the cursor row has moved back, then it survives a restart.
     *
     * @param block the first block to give again; a block above the cursor changes nothing
     */
    void replayFrom(long block);

    /**
     * The newest stored block that is on the chain now; empty if there is none. Asks the network.
     *
     * @throws io.carabiner.rpc.RpcException if no endpoint answers
     */
    Optional<StoredBlock> lastCommonBlock();

    /** The last block whose events are stored; empty before the first one. */
    OptionalLong cursor();
}
