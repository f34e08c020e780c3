package io.carabiner.evm;

import io.carabiner.primitives.Hash32;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What subscribers were given before and are about to be given again: after a start, a replay, a header that lied. The
 * trail is cut then and forgets the hashes of those blocks; if a reorg replaced them meanwhile, nobody would void what
 * was given of them. So the end of it is looked for on the chain when it is passed. Confined to one thread.
 */
final class GivenBefore {

    private BlockTrail given = BlockTrail.EMPTY;

    /** All of this trail was given. Without the hash of its end there is nothing to compare. */
    void add(BlockTrail trail) {
        if (trail.tip().isPresent()) {
            given = with(trail);
        }
    }

    /** It was voided, or still stands on the chain. */
    void forget() {
        given = BlockTrail.EMPTY;
    }

    /**
     * What the database shall know once this much is read: as long as not all was given again, also what was given
     * before, so that a start finds it.
     */
    BlockTrail with(BlockTrail read) {
        if (given.isEmpty() || read.cursor() >= given.cursor()) {
            return read;
        }
        NavigableMap<Long, Hash32> hashes = new TreeMap<>(read.hashes());
        hashes.putAll(given.hashes().tailMap(read.cursor(), false));
        return new BlockTrail(given.cursor(), read.proven(), hashes);
    }

    /** Whether all of it was given again once this range is. */
    boolean isPassedBy(IntakePlan.Read range) {
        return range.to() >= given.cursor();
    }

    /**
     * What is wrong with it, as far as the head reaches: empty if it stands on the chain. Asked before each range is
     * given again, so that nothing is stored beside what a reorg has made void.
     */
    Optional<AncestorSearch.Found> trouble(Head head, IntakeChain chain, int headersMax) {
        @Nullable Long last = given.hashes().floorKey(head.number());
        if (last == null) {
            return Optional.empty();
        }
        Map<Long, Head> now = chain.headers(Set.copyOf(List.of(last, head.number())));
        @Nullable Head newest = now.get(head.number());
        @Nullable Head end = now.get(last);
        if (newest == null || end == null || !newest.hash().equals(head.hash())) {
            return Optional.of(new AncestorSearch.Found.Unclear("the endpoint does not have the announced head"));
        }
        return given.hash(last).filter(end.hash()::equals).isPresent()
                ? Optional.empty()
                : Optional.of(AncestorSearch.search(given, head, chain, headersMax));
    }

    /** The first block above this one that was given and whose hash is kept; empty if this is the last. */
    OptionalLong above(long block) {
        @Nullable Long next = given.hashes().higherKey(block);
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }
}
