package io.carabiner.txm;

import java.util.Optional;
import java.util.UUID;

/** How a transaction ended for the one who asked for it. Given once to {@link TransactionListener}. */
public sealed interface TransactionResult {

    /** The transaction's id. */
    long id();

    /** The task that waits for it. */
    Optional<UUID> pipelineTaskRunId();

    /** It has the confirmations that were asked for; it may have reverted where a revert was no failure. */
    record Confirmed(long id, Optional<UUID> pipelineTaskRunId, MinedReceipt receipt) implements TransactionResult {}

    /**
     * It will not do what was asked.
     *
     * @param error the reason in the Go node's words, such as {@code transaction 0x… reverted on-chain}
     */
    record Failed(long id, Optional<UUID> pipelineTaskRunId, String error) implements TransactionResult {}
}
