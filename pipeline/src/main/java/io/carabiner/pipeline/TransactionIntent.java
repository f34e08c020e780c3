package io.carabiner.pipeline;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A transaction that a run wants to be sent. The run itself never sends: whoever stores the run's outcome stores this
 * in the same database transaction.
 *
 * @param taskRunId the ethtx task that asks for it
 * @param fromCandidates the keys that may send it; empty means any enabled key of the chain
 * @param gasLimit task, else job, else the chain's limit for the job's type, else the chain's default
 * @param minConfirmations blocks until the task is settled; empty means until finality; 0 means that the task is
 *     settled already
 * @param failOnRevert whether a reverted receipt makes the task fail
 * @param metaJson the Go node's TxMeta as a JSON object
 * @param transmitCheckerJson a check to make before sending, as the Go node's JSON object; empty for none
 * @param forwardingAllowed whether a forwarder contract may stand between the key and the receiver
 */
public record TransactionIntent(
        UUID taskRunId,
        ChainId chainId,
        List<Address> fromCandidates,
        Address to,
        Bytes data,
        long gasLimit,
        OptionalInt minConfirmations,
        boolean failOnRevert,
        String metaJson,
        Optional<String> transmitCheckerJson,
        boolean forwardingAllowed) {

    /** Copies the list. */
    public TransactionIntent {
        fromCandidates = List.copyOf(fromCandidates);
    }
}
