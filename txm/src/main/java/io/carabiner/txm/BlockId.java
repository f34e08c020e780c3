package io.carabiner.txm;

import io.carabiner.primitives.Hash32;
import java.util.Comparator;

/** A block: two of one number are different blocks. Ordered by number. */
record BlockId(long number, Hash32 hash) implements Comparable<BlockId> {

    private static final Comparator<BlockId> ORDER =
            Comparator.comparingLong(BlockId::number).thenComparing(BlockId::hash);

    /** Before all blocks of a number. */
    static BlockId first(long number) {
        return new BlockId(number, Hash32.ZERO);
    }

    @Override
    public int compareTo(BlockId other) {
        return ORDER.compare(this, other);
    }
}
