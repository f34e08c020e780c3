package io.carabiner.txm;

import io.carabiner.evm.Head;
import io.carabiner.primitives.Hash32;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The hashes of the newest blocks, as far as an unbroken line of parents vouches for them. Used by one thread.
 */
final class RecentBlocks {

    /** How many are kept. */
    static final int BLOCKS_MAX = 256;

    private final TreeMap<Long, Hash32> hashes = new TreeMap<>();

    /**
     * Takes the newest head.
     *
     * @return whether it stands on what was known before: if not, blocks were skipped or exchanged
     */
    boolean advance(Head head) {
        Hash32 same = hashes.get(head.number());
        boolean known = same != null && same.equals(head.hash());
        boolean linked = known || head.parentHash().equals(hashes.get(head.number() - 1));
        if (!linked) {
            hashes.clear();
        }
        hashes.tailMap(head.number(), true).clear();
        if (head.number() > 0) {
            hashes.put(head.number() - 1, head.parentHash());
        }
        hashes.put(head.number(), head.hash());
        while (hashes.size() > BLOCKS_MAX) {
            hashes.pollFirstEntry();
        }
        return linked;
    }

    /** The hash of the block at a number, if it is vouched for. */
    Optional<Hash32> at(long number) {
        return Optional.ofNullable(hashes.get(number));
    }
}
