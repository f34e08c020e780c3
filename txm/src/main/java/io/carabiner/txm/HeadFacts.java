package io.carabiner.txm;

import io.carabiner.primitives.Hash32;
import java.util.Map;
import java.util.Set;

/**
 * What the chain said of one key at one head.
 *
 * @param head the newest block's number
 * @param finalized the newest final block's number; negative if there is none
 * @param minedCount how many transactions of the key the chain has: the lowest nonce that is free
 * @param receipts by transaction hash; only those whose block is in the canonical chain up to the head
 * @param early hashes that have a receipt in a block that is not known to be canonical yet: look again at the next head
 * @param orphaned numbers of the blocks of {@link KeyState#mined} that are not in the canonical chain any more
 */
record HeadFacts(
        long head,
        long finalized,
        long minedCount,
        Map<Hash32, MinedReceipt> receipts,
        Set<Hash32> early,
        Set<Long> orphaned) {

    HeadFacts {
        receipts = Map.copyOf(receipts);
        early = Set.copyOf(early);
        orphaned = Set.copyOf(orphaned);
    }
}
