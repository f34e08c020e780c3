package io.carabiner.txm;

import io.carabiner.primitives.Hash32;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One change of a stored transaction. The same changes are written to the rows and applied to {@link KeyState}, so both
 * stay the same; all changes of a step are written in one transaction or not at all.
 */
sealed interface RowChange {

    /** A queued transaction gets its nonce and its first attempt. */
    record Started(long id, long nonce, Payload payload, Terms terms, SignedAttempt attempt, long nowNanos)
            implements RowChange {}

    /**
     * The chain has a transaction that does what a queued one wants, sent before the database was set back to an older
     * copy: it is that one.
     */
    record AdoptedQueued(long id, long nonce, Payload payload, Terms terms, SignedAttempt attempt, long block)
            implements RowChange {}

    /** The same for one that has a nonce: the mined attempt was not known any more. */
    record Adopted(long id, long nonce, SignedAttempt attempt, long block) implements RowChange {}

    /** A queued transaction will never be sent. */
    record Refused(long id, String error) implements RowChange {}

    /**
     * One more attempt takes the place of those before it.
     *
     * @param purgeReason why it only takes the nonce, if it does
     */
    record Replaced(long id, long nonce, SignedAttempt attempt, Optional<String> purgeReason, long nowNanos)
            implements RowChange {}

    /** An endpoint took the top attempt, or the chain is known to have used the nonce. */
    record Sent(long id, long nonce, Hash32 attempt, long beforeBlock, long nowNanos) implements RowChange {}

    /** The key cannot pay for the top attempt. */
    record LacksFunds(long id, long nonce, Hash32 attempt) implements RowChange {}

    /** The top attempt is not sent any more; an older one is in its place again. */
    record Withdrawn(long id, long nonce, Hash32 attempt) implements RowChange {}

    /** An attempt that was withdrawn is sent again after all, because the same bytes are called for. */
    record Revived(long id, long nonce, Hash32 attempt, long nowNanos) implements RowChange {}

    /** A receipt of one of its attempts was found in the canonical chain. */
    record Mined(long id, long nonce, MinedReceipt receipt, boolean purge) implements RowChange {}

    /** Its block is not in the chain any more, but another one that has it. */
    record Moved(long id, long nonce, MinedReceipt receipt, boolean purge) implements RowChange {}

    /** Its nonce is used but none of its attempts has a receipt. */
    record ReceiptMissing(long id, long nonce, long sinceBlock) implements RowChange {}

    /** Its nonce is free after all. */
    record BackInPool(long id, long nonce) implements RowChange {}

    /** Its block is not in the chain any more, and no other has it. */
    record Reorged(long id, long nonce) implements RowChange {}

    /** A block is final, and so are these transactions. */
    record Finalized(BlockId block, List<Long> ids) implements RowChange {

        public Finalized {
            ids = List.copyOf(ids);
        }
    }

    /** Nobody wants it any more: from now on an attempt at its nonce does nothing. What was sent may still be mined. */
    record GivenUp(long id, long nonce, String reason) implements RowChange {}

    /** Something else used its nonce for good. */
    record Lost(long id, long nonce, String error) implements RowChange {}

    /**
     * Who waits for it is told; the result is read from the rows, after all other changes of the step.
     *
     * @param minedIn the block it is in; empty if it was lost, refused or given up
     */
    record Settled(long id, OptionalLong minedIn) implements RowChange {}

    /** Somebody did something; kept for ever. */
    record Noted(
            String actor, String action, OptionalLong transactionId, OptionalLong nonce, boolean done, String result)
            implements RowChange {}

    /** A nonce that no row has is used by a transaction that does nothing. */
    record Filled(long nonce, Payload payload, SignedAttempt attempt) implements RowChange {}
}
