package io.carabiner.txm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Wei;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * What somebody wants done on a chain. It says nothing of nonce and fee: those are the manager's business.
 *
 * @param from keys that may send it; the least recently used enabled one is taken; empty means any enabled key
 * @param to the receiver of the call
 * @param data the call data, may be empty
 * @param value native coin to send along
 * @param gasLimit gas units, 1 or more
 * @param minConfirmations blocks on top of the including one until {@link TransactionListener} hears of it; absent
 *     means until it is final; 0 means that nobody waits and the listener never hears of it
 * @param failOnRevert whether a reverted transaction is given to the listener as a failure
 * @param meta a JSON object with the Go node's names ({@code JobID}, {@code RequestID}, …), kept as it is
 * @param pipelineTaskRunId the task that waits for it; at most one transaction exists for each
 * @param idempotencyKey a caller's own name of this wish; at most one transaction exists for each
 * @param options what few ask for
 */
public record TransactionRequest(
        List<Address> from,
        Address to,
        Bytes data,
        Wei value,
        long gasLimit,
        OptionalInt minConfirmations,
        boolean failOnRevert,
        Optional<String> meta,
        Optional<UUID> pipelineTaskRunId,
        Optional<String> idempotencyKey,
        SendingOptions options) {

    /** Checks the gas limit and the number of confirmations. */
    public TransactionRequest {
        from = List.copyOf(from);
        if (gasLimit < 1) {
            throw new IllegalArgumentException("a gas limit is 1 or more, not " + gasLimit);
        }
        if (minConfirmations.isPresent() && minConfirmations.getAsInt() < 0) {
            throw new IllegalArgumentException(
                    "a number of confirmations is 0 or more, not " + minConfirmations.getAsInt());
        }
        if (idempotencyKey.isPresent() && idempotencyKey.get().isBlank()) {
            throw new IllegalArgumentException("an idempotency key is not blank");
        }
    }

    /** A call without value from any enabled key, followed until it is final. */
    public static TransactionRequest call(Address to, Bytes data, long gasLimit) {
        return new TransactionRequest(
                List.of(),
                to,
                data,
                Wei.ZERO,
                gasLimit,
                OptionalInt.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                SendingOptions.NONE);
    }

    /** The same, sent by one of these keys. */
    public TransactionRequest withFrom(List<Address> candidates) {
        return new TransactionRequest(
                candidates,
                to,
                data,
                value,
                gasLimit,
                minConfirmations,
                failOnRevert,
                meta,
                pipelineTaskRunId,
                idempotencyKey,
                options);
    }

    /** The same with native coin sent along. */
    public TransactionRequest withValue(Wei amount) {
        return new TransactionRequest(
                from,
                to,
                data,
                amount,
                gasLimit,
                minConfirmations,
                failOnRevert,
                meta,
                pipelineTaskRunId,
                idempotencyKey,
                options);
    }

    /** The same, waited for by a task of a run. */
    public TransactionRequest withTask(UUID taskRunId, OptionalInt confirmations, boolean failIfReverted) {
        return new TransactionRequest(
                from,
                to,
                data,
                value,
                gasLimit,
                confirmations,
                failIfReverted,
                meta,
                Optional.of(taskRunId),
                idempotencyKey,
                options);
    }

    /** The same with a JSON object of the Go node's names. */
    public TransactionRequest withMeta(String json) {
        return new TransactionRequest(
                from,
                to,
                data,
                value,
                gasLimit,
                minConfirmations,
                failOnRevert,
                Optional.of(json),
                pipelineTaskRunId,
                idempotencyKey,
                options);
    }

    /** The same with a name by which it is recognised if it is asked for twice. */
    public TransactionRequest withIdempotencyKey(String key) {
        return new TransactionRequest(
                from,
                to,
                data,
                value,
                gasLimit,
                minConfirmations,
                failOnRevert,
                meta,
                pipelineTaskRunId,
                Optional.of(key),
                options);
    }

    /** The same with what few ask for. */
    public TransactionRequest withOptions(SendingOptions wanted) {
        return new TransactionRequest(
                from,
                to,
                data,
                value,
                gasLimit,
                minConfirmations,
                failOnRevert,
                meta,
                pipelineTaskRunId,
                idempotencyKey,
                wanted);
    }

    /** The same, called through a forwarder. */
    TransactionRequest through(Address forwarder, Bytes call, String newMeta) {
        return new TransactionRequest(
                from,
                forwarder,
                call,
                value,
                gasLimit,
                minConfirmations,
                failOnRevert,
                Optional.of(newMeta),
                pipelineTaskRunId,
                idempotencyKey,
                options);
    }
}
