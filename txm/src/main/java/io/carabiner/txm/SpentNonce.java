package io.carabiner.txm;

import io.carabiner.primitives.Hash32;
import java.util.Optional;

/**
 * The mined transaction that has a nonce of a key, whoever made it.
 *
 * @param payload what it does; empty if it creates a contract
 * @param signed its signed bytes, rebuilt; empty where they do not hash to {@code hash}
 * @param block where it is
 */
record SpentNonce(long nonce, Hash32 hash, Optional<Payload> payload, Optional<SignedAttempt> signed, long block) {

    /** Whether it did what the payload asks, and its bytes are known. */
    boolean did(Payload wanted) {
        return signed.isPresent() && payload.filter(wanted::sameCall).isPresent();
    }
}
