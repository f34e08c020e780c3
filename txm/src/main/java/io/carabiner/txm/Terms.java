package io.carabiner.txm;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * What the one who asked waits for, and since when.
 *
 * @param awaited whether somebody waits and was not told yet
 * @param minConfirmations blocks on top of the including one; absent until it is final
 * @param askedAt when the transaction was queued
 */
record Terms(boolean awaited, OptionalInt minConfirmations, Instant askedAt) {

    Terms told() {
        return new Terms(false, minConfirmations, askedAt);
    }

    /** Whether the wait is over for a transaction in a block, given the newest and the newest final block. */
    boolean reached(long minedIn, long newest, long finalized) {
        return minConfirmations.isPresent() ? minedIn <= newest - minConfirmations.getAsInt() : minedIn <= finalized;
    }
}
