package io.carabiner.txm;

/** What became of one request. */
public sealed interface EnqueueOutcome {

    /** It is stored, and will be sent after the write transaction has committed. */
    record Queued(long id) implements EnqueueOutcome {}

    /** A transaction with the same task run or idempotency key is there already; nothing was stored. */
    record AlreadyThere(long id) implements EnqueueOutcome {}

    /**
     * It was not taken; nothing was stored.
     *
     * @param code {@code NO_SENDING_KEY} or {@code QUEUE_FULL}
     * @param reason the Go node's words where it has some
     */
    record Refused(String code, String reason) implements EnqueueOutcome {}
}
