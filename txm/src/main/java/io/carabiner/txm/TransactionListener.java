package io.carabiner.txm;

import io.carabiner.database.WriteTransaction;
import java.util.List;

/** Whoever continues its work when a transaction has ended: jobs resumes runs here. */
@FunctionalInterface
public interface TransactionListener {

    /** Nobody listens. */
    TransactionListener NONE = (tx, results) -> {};

    /**
     * Called inside the write transaction that stores the end, once for each transaction and with all that ended at the
     * same moment, so that the listener's rows and the manager's are stored together or not at all. Only for
     * transactions with a {@code pipelineTaskRunId} that asked for confirmations.
     *
     * <p>It must be quick and do no network IO; follow-up work belongs into {@link WriteTransaction#afterCommit}. If it
     * throws, nothing is stored and it is called again later.
     */
    void settled(WriteTransaction tx, List<TransactionResult> results);

    /**
     * Called inside the write transaction in which transactions become final that did not do what was asked, if {@link
     * #settled} was told of them before: after a deep reorg that may have been the contrary. Whoever believed it
     * corrects what followed. May be called for what was told as failed too.
     */
    default void overturned(WriteTransaction tx, List<TransactionResult> results) {
        // Whoever acts only on what is final has nothing to correct.
    }
}
