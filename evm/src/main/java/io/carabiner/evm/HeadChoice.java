package io.carabiner.evm;

import org.jspecify.annotations.Nullable;

/** Which head is the newest: pure. */
enum HeadChoice {
    /** It becomes the newest head. */
    ACCEPT,
    /** It is the newest head already. */
    KNOWN,
    /** It is lower than the newest head: an old notification, an endpoint that lags, or a chain that got shorter. */
    LOWER;

    /** A block of the same height but another hash is a reorg, and accepted at once. */
    static HeadChoice of(@Nullable Head newest, Head next) {
        if (newest == null) {
            return ACCEPT;
        }
        if (newest.hash().equals(next.hash())) {
            return KNOWN;
        }
        return next.number() >= newest.number() ? ACCEPT : LOWER;
    }
}
