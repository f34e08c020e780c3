package io.carabiner.database;

import org.jdbi.v3.core.Handle;

/**
 * One transaction that may write, handed to the function given to {@link Database#write}.
 *
 * <p>It belongs to the calling thread and is over when the function returns; keep no reference to it.
 */
public interface WriteTransaction {

    /** The open handle, inside the transaction, after the fence was checked. Never begin, commit or close it. */
    Handle sql();

    /**
     * Runs something after the transaction has been committed, on the same thread, in the order of the calls; never
     * when it was rolled back. An action must be quick and must not write (it may wake another thread that does). An
     * action that throws is reported and does not stop the others.
     */
    void afterCommit(Runnable action);
}
