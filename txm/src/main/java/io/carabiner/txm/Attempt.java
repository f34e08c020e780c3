package io.carabiner.txm;

import io.carabiner.primitives.Hash32;
import java.util.OptionalLong;

/**
 * A signed attempt and what is known of it.
 *
 * @param sentBeforeBlock the newest head when an endpoint first took it
 */
record Attempt(SignedAttempt signed, AttemptState state, OptionalLong sentBeforeBlock) {

    static Attempt fresh(SignedAttempt signed) {
        return new Attempt(signed, AttemptState.IN_PROGRESS, OptionalLong.empty());
    }

    Hash32 hash() {
        return signed.hash();
    }

    Attempt in(AttemptState next) {
        return new Attempt(signed, next, sentBeforeBlock);
    }

    Attempt sent(long beforeBlock) {
        return new Attempt(
                signed,
                AttemptState.BROADCAST,
                sentBeforeBlock.isPresent() ? sentBeforeBlock : OptionalLong.of(beforeBlock));
    }

    /** Whether it must be sent (again) before anything else happens to its transaction. */
    boolean unsent() {
        return switch (state) {
            case IN_PROGRESS, INSUFFICIENT_FUNDS -> true;
            case BROADCAST, SUPERSEDED -> false;
        };
    }
}
