package io.carabiner.evm;

import io.carabiner.primitives.Hash32;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How far the events are stored, and the hashes of blocks among them: of the newest ones as far as they were read one
 * by one, thinly of older ones, so that the place where any fork left the chain can be found, and of block 0, by which
 * a chain that began anew is told. Immutable.
 *
 * @param cursor the last block whose events are stored; -1 if the next one is block 0; -2 if nothing was ever decided
 * @param proven up to which block an endpoint gave the events of a range together with headers that it has the blocks;
 *     what is between this and the cursor was taken from announced headers and is asked for again before long
 * @param hashes the hashes by number, none above the cursor
 */
record BlockTrail(long cursor, long proven, NavigableMap<Long, Hash32> hashes) {

    /** Before the first start. */
    static final BlockTrail EMPTY = new BlockTrail(-2, -2, new TreeMap<>());

    /** Of as many old blocks one hash is kept. */
    static final long THIN_BLOCKS = 256;

    /** At most as many hashes are forgotten at a time: a page. */
    static final int FORGET_MAX = 1_000;

    BlockTrail {
        hashes = new TreeMap<>(hashes);
        if (!hashes.isEmpty() && hashes.lastKey() > cursor) {
            throw new IllegalArgumentException("a hash of block " + hashes.lastKey() + " above the cursor " + cursor);
        }
        if (proven > cursor) {
            throw new IllegalArgumentException("block " + proven + " above the cursor " + cursor + " is proven");
        }
    }

    /** Nothing is kept, and the next block is this one. */
    static BlockTrail before(long block) {
        return new BlockTrail(block - 1, block - 1, new TreeMap<>());
    }

    boolean isEmpty() {
        return cursor < -1;
    }

    Optional<Hash32> hash(long number) {
        return Optional.ofNullable(hashes.get(number));
    }

    /** The hash of the block at the cursor, if it is kept. */
    Optional<Hash32> tip() {
        return hash(cursor);
    }

    /** How many stored blocks are to be asked for again. */
    long unproven() {
        return cursor - proven;
    }

    /** As if nothing above this block had been read. */
    BlockTrail cutAfter(long block) {
        return new BlockTrail(Math.min(cursor, block), Math.min(proven, block), hashes.headMap(block, true));
    }

    /** The same, with all up to this block proven. */
    BlockTrail provenTo(long block) {
        return new BlockTrail(cursor, Math.max(proven, block), hashes);
    }

    /**
     * Further on: with the hashes of newly read blocks, and without those that are too old to matter.
     *
     * @param keep of how many of the newest blocks every hash is kept
     * @param keepThin of how many of the newest blocks at least one hash in {@link #THIN_BLOCKS} is kept
     */
    BlockTrail extended(long newCursor, long newProven, Collection<Head> heads, long keep, long keepThin) {
        TreeMap<Long, Hash32> all = new TreeMap<>(hashes);
        heads.forEach(head -> all.put(head.number(), head.hash()));
        all.headMap(newCursor - keepThin, true).keySet().stream()
                .filter(number -> number > 0)
                .limit(FORGET_MAX)
                .toList()
                .forEach(all::remove);
        thinOut(all, newCursor - keep);
        return new BlockTrail(newCursor, newProven, all);
    }

    /** Of the old ones the lowest in each group stays. Block 0 is a group of its own. */
    private static void thinOut(TreeMap<Long, Hash32> all, long until) {
        int forgotten = 0;
        Map.Entry<Long, Hash32> entry = all.floorEntry(until);
        while (entry != null && forgotten < FORGET_MAX) {
            Map.Entry<Long, Hash32> below = all.lowerEntry(entry.getKey());
            if (below != null && group(below) == group(entry)) {
                all.remove(entry.getKey());
                forgotten++;
            }
            entry = below;
        }
    }

    private static long group(Map.Entry<Long, Hash32> entry) {
        return Math.floorDiv(entry.getKey() - 1, THIN_BLOCKS);
    }

    /** The highest kept block whose hash is the same as in the given headers. */
    OptionalLong ancestorAmong(Map<Long, Head> heads) {
        return hashes.descendingMap().entrySet().stream()
                .filter(mine -> heads.containsKey(mine.getKey())
                        && heads.get(mine.getKey()).hash().equals(mine.getValue()))
                .mapToLong(Map.Entry::getKey)
                .findFirst();
    }
}
