package io.carabiner.txm;

import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.ChainId;
import java.util.List;

/**
 * The transaction manager of one chain: takes wishes, and sees each through to its end on chain.
 *
 * <p>Safe for use by many threads. Go counterpart: {@code common/txmgr}.
 */
public interface Txm extends AutoCloseable {

    /** The manager of one chain; nothing runs until {@link #start}. */
    static Txm create(TxmSetup setup) {
        TxmSettings settings = TxmSettings.of(setup.config());
        return new ChainTxm(setup, settings, new EvmChainAccess(setup.chain()));
    }

    /** The chain it sends to. */
    ChainId chainId();

    /** Starts an owner thread for each key of the chain; first work is to finish what an earlier process left. */
    void start();

    /**
     * Stores one wish in the caller's write transaction; its key is woken after the commit. Asking again with the same
     * task run or idempotency key gives the id of the first.
     *
     * @return the transaction's id
     * @throws TxmException {@code NO_SENDING_KEY} or {@code QUEUE_FULL}
     */
    long enqueue(WriteTransaction tx, TransactionRequest request);

    /**
     * Stores many wishes with a fixed number of statements, whatever their number.
     *
     * @return one outcome for each request, in the same order
     */
    List<EnqueueOutcome> enqueueAll(WriteTransaction tx, List<TransactionRequest> requests);

    /** Tells it that the set of keys of its chain, or their enabled state, has changed. */
    void keysChanged();

    /** Tells it that its {@link SendGate} may answer otherwise now. Never blocks. */
    void askGateAgain();

    /** Stops all threads, waiting for a step under way. What is stored goes on with the next start. */
    @Override
    void close();
}
