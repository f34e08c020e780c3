package io.carabiner.txm;

import io.carabiner.primitives.Hash32;

/**
 * A transaction whose receipt is stored and whose block is not final yet.
 *
 * @param attempt the one that was included
 * @param purge whether that one only took the nonce
 */
record MinedTransaction(long id, long nonce, Hash32 attempt, boolean purge, Terms terms) {

    MinedTransaction told() {
        return new MinedTransaction(id, nonce, attempt, purge, terms.told());
    }
}
