package io.carabiner.evm;

import io.carabiner.primitives.Hash32;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How far the events are stored, and the hashes of the newest blocks among them, which need not be all. Immutable.
 *
 * @param cursor the last block whose events are stored; -1 if the next one is block 0; -2 if nothing was ever decided
 * @param hashes the hashes by number, none above the cursor
 */
record BlockTrail(long cursor, NavigableMap<Long, Hash32> hashes) {

    /** Before the first start. */
    static final BlockTrail EMPTY = new BlockTrail(-2, new TreeMap<>());

    BlockTrail {
        hashes = new TreeMap<>(hashes);
        if (!hashes.isEmpty() && hashes.lastKey() > cursor) {
            throw new IllegalArgumentException("a hash of block " + hashes.lastKey() + " above the cursor " + cursor);
        }
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

    /** The lowest block whose hash is kept. */
    OptionalLong lowest() {
        return hashes.isEmpty() ? OptionalLong.empty() : OptionalLong.of(hashes.firstKey());
    }

    /** As if nothing above this block had been read. */
    BlockTrail cutAfter(long block) {
        return new BlockTrail(Math.min(cursor, block), hashes.headMap(block, true));
    }

    /** Further on: with the hashes of newly read blocks, and without those that are too old to matter. */
    BlockTrail extended(long newCursor, Collection<Head> heads, int keep) {
        TreeMap<Long, Hash32> all = new TreeMap<>(hashes);
        heads.forEach(head -> all.put(head.number(), head.hash()));
        return new BlockTrail(newCursor, all.tailMap(newCursor - keep, false));
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
