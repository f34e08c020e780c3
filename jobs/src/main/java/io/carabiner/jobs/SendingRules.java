package io.carabiner.jobs;

import io.carabiner.pipeline.TriedTransaction;
import java.util.Optional;

/** What keeps the node from sending a transaction that would go through. Safe for use by many threads. */
@FunctionalInterface
public interface SendingRules {

    /**
     * Asks about a transaction that was tried out; nothing is counted.
     *
     * @param jobId 0 for a job that is not made
     * @param request the request that it would answer
     * @return why it would not be sent; empty if it would
     */
    Optional<String> refusal(TriedTransaction transaction, int jobId, Optional<Runs.Asked> request);
}
