package io.carabiner.txm;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** How a transaction ended for the one who asked for it. Given once to {@link TransactionListener}. */
public sealed interface TransactionResult {

    /** The transaction's id. */
    long id();

    /** The task that waits for it. */
    Optional<UUID> pipelineTaskRunId();

    /** The block in which it reverted; empty if it did not, or is not on the chain. */
    OptionalLong revertedIn();

    /** It has the confirmations that were asked for; it may have reverted where a revert was no failure. */
    record Confirmed(long id, Optional<UUID> pipelineTaskRunId, MinedReceipt receipt) implements TransactionResult {

        @Override
        public OptionalLong revertedIn() {
            return receipt.successful() ? OptionalLong.empty() : OptionalLong.of(receipt.blockNumber());
        }
    }

    /**
     * It will not do what was asked.
     *
     * @param error the reason in the Go node's words, such as {@code transaction 0x… reverted on-chain}
     */
    record Failed(long id, Optional<UUID> pipelineTaskRunId, String error, OptionalLong revertedIn)
            implements TransactionResult {

        /** One that is not on the chain. */
        public Failed(long id, Optional<UUID> pipelineTaskRunId, String error) {
            this(id, pipelineTaskRunId, error, OptionalLong.empty());
        }
    }
}
