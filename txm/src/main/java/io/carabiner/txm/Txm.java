package io.carabiner.txm;

import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.util.List;
import java.util.Optional;

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

    /** Tells it that the list of tracked forwarders has changed; the list is read at once, the contracts soon. */
    void forwardersChanged();

    /**
     * Does what a person asks for, on the key's own thread, and notes it in {@code tx_actions}. Waits some seconds at
     * most.
     *
     * @param actor who asks, such as a mail address; never blank
     * @throws InterruptedException if the thread is told to stop while it waits
     */
    ActionOutcome act(OperatorAction action, String actor) throws InterruptedException;

    /** Why a transaction waits; empty if this chain has none with this id. Asks the network. */
    Optional<Diagnosis.OfTransaction> why(long transactionId);

    /** What each key of the chain waits for. Asks the network. */
    List<Diagnosis.OfKey> why();

    /**
     * What a transfer from a key takes now. Asks the network.
     *
     * @throws io.carabiner.primitives.FaultException if the chain does not answer
     */
    TransferTerms transferTerms(Address from);

    /** Stops all threads, waiting for a step under way. What is stored goes on with the next start. */
    @Override
    void close();
}
