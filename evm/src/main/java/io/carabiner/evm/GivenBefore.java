package io.carabiner.evm;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What subscribers were given before and are about to be given again: after a start, a replay, a header that lied. The
 * trail is cut then and forgets the hashes of those blocks; if a reorg replaced them meanwhile, nobody would void what
 * was given of them. So the end of it is looked for on the chain when it is passed. Confined to one thread.
 */
final class GivenBefore {

    private BlockTrail given = BlockTrail.EMPTY;

    /** All of this trail was given. Where the hash of its end is not kept, there is nothing to compare. */
    void add(BlockTrail trail) {
        if (trail.cursor() > given.cursor() && trail.tip().isPresent()) {
            given = trail;
        }
    }

    /** It was voided, or still stands on the chain. */
    void forget() {
        given = BlockTrail.EMPTY;
    }

    /** Whether all of it was given again once this range is. */
    boolean isPassedBy(IntakePlan.Read range) {
        return !given.isEmpty() && range.to() >= given.cursor();
    }

    /** The newest block of it that is on the chain still. */
    AncestorSearch.Found onChain(Head head, IntakeChain chain, int headersMax) {
        Map<Long, Head> now = chain.headers(Set.copyOf(List.of(given.cursor(), head.number())));
        @Nullable Head newest = now.get(head.number());
        @Nullable Head end = now.get(given.cursor());
        if (newest == null || end == null || !newest.hash().equals(head.hash())) {
            return new AncestorSearch.Found.Unclear("the endpoint does not have the announced head");
        }
        return given.tip().filter(end.hash()::equals).isPresent()
                ? new AncestorSearch.Found.At(given.cursor())
                : AncestorSearch.search(given, head, chain, headersMax);
    }

    /** The first block above this one that was given and whose hash is kept; empty if this is the last. */
    OptionalLong above(long block) {
        @Nullable Long next = given.hashes().higherKey(block);
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }
}
