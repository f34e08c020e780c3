package io.carabiner.evm;

import io.carabiner.database.WriteTransaction;

/**
 * Stores what it needs of the chain's events. All methods are called on the intake's own thread, one at a time, and
 * must not block on the network.
 */
public interface LogSubscriber {

    /** What it wants now. Asked before every read, so it may change at any time; see {@link LogIntake#wake()}. */
    LogFilter filter();

    /**
     * Whether it wants the header of every block with one of its events. Where nobody does, far behind the head only
     * the headers that check the events are asked for, which is many times fewer.
     */
    default boolean needsHeaders() {
        return true;
    }

    /**
     * Stores a batch in the transaction that advances the cursor: either both happen or neither. Called for every
     * batch, also one without logs. It may be called again with the same batch, when the transaction is tried again,
     * and with blocks that were given before, after a reorg or a replay; so identities must be unique in the database.
     */
    void store(WriteTransaction transaction, LogBatch batch);

    /** The batch is stored for good; act on it, without waiting for anything. An exception is reported and ignored. */
    void committed(LogBatch batch);
}
