package io.carabiner.txm;

import io.carabiner.primitives.Hash32;
import java.util.Map;
import java.util.Set;

/**
 * What the chain said of one key at one head. What is not mentioned is not known.
 *
 * @param head the newest block's number
 * @param finalized the newest final block's number; negative if there is none
 * @param minedCount how many transactions of the key the chain has: the lowest nonce that is free
 * @param receipts by transaction hash; only those whose block is in the canonical chain up to the head
 * @param absent hashes that were asked for and have no receipt
 * @param canonical the hash of the canonical block at each number of {@link KeyState#mined} that was looked at
 * @param spent by nonce, the mined transactions that took nonces of ours, where that was found out
 */
record HeadFacts(
        long head,
        long finalized,
        long minedCount,
        Map<Hash32, MinedReceipt> receipts,
        Set<Hash32> absent,
        Map<Long, Hash32> canonical,
        Map<Long, SpentNonce> spent) {

    HeadFacts {
        receipts = Map.copyOf(receipts);
        absent = Set.copyOf(absent);
        canonical = Map.copyOf(canonical);
        spent = Map.copyOf(spent);
    }

    /** Facts without strangers. */
    HeadFacts(
            long head,
            long finalized,
            long minedCount,
            Map<Hash32, MinedReceipt> receipts,
            Set<Hash32> absent,
            Map<Long, Hash32> canonical) {
        this(head, finalized, minedCount, receipts, absent, canonical, Map.of());
    }
}
