package io.carabiner.evm;

import io.carabiner.primitives.Hash32;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Finds the newest stored block that is still on the chain, by asking for the headers at the stored numbers. */
final class AncestorSearch {

    /** How many stored blocks are compared in the first request of a search; most reorgs are one or two blocks deep. */
    private static final int FIRST_BLOCKS = 8;

    /** A chain that is longer than what is stored is read from its beginning only up to this many blocks. */
    private static final long ANEW_BLOCKS_MAX = 1_000_000;

    /** What a search came to. */
    sealed interface Found {

        /** This block is the newest common one. */
        record At(long block) implements Found {}

        /** All blocks whose hashes are kept were replaced; this is the lowest. */
        record Nowhere(long lowest) implements Found {}

        /** The first block of all is another one: the chain began anew. */
        record OtherChain() implements Found {}

        /** The chain ends below all that is kept, with the same first block. */
        record Shorter() implements Found {}

        /** The endpoint lags, is on another fork, or does not have what it was asked for. */
        record Unclear(String why) implements Found {}
    }

    private final BlockTrail trail;
    private final Head head;
    private final IntakeChain chain;
    private final int headersMax;
    private final Map<Long, Head> seen = new HashMap<>();

    private AncestorSearch(BlockTrail trail, Head head, IntakeChain chain, int headersMax) {
        this.trail = trail;
        this.head = head;
        this.chain = chain;
        this.headersMax = headersMax;
    }

    /**
     * Searches.
     *
     * @param head the newest head, which does not stand on the trail
     * @param headersMax the most headers of one request
     */
    static Found search(BlockTrail trail, Head head, IntakeChain chain, int headersMax) {
        return new AncestorSearch(trail, head, chain, headersMax).search();
    }

    private Found search() {
        List<Long> kept = comparable();
        int asked = 0;
        while (asked < kept.size()) {
            int until = Math.min(kept.size(), asked == 0 ? FIRST_BLOCKS : asked + headersMax - 1);
            Map<Long, Head> part = fromWhoKnowsTheHead(kept.subList(asked, until));
            if (part.isEmpty()) {
                return new Found.Unclear("the endpoint does not have the announced head");
            }
            seen.putAll(part);
            OptionalLong ancestor = trail.ancestorAmong(seen);
            if (ancestor.isPresent()) {
                return new Found.At(ancestor.getAsLong());
            }
            asked = until;
        }
        return nothingInCommon(kept);
    }

    /**
     * The first block of all, which is kept for ever, is in every chain; it says nothing of where a fork left unless
     * other blocks near it are kept too.
     */
    private List<Long> comparable() {
        List<Long> kept = new ArrayList<>(trail.hashes().descendingKeySet());
        boolean lone = kept.size() < 2 || kept.get(kept.size() - 2) > BlockTrail.THIN_BLOCKS;
        if (lone) {
            kept.remove(0L);
        }
        return kept;
    }

    private Found nothingInCommon(List<Long> kept) {
        // Only an endpoint that has the oldest kept block, and another one than ours, proves that all are gone.
        boolean allReplaced = !kept.isEmpty() && seen.containsKey(kept.getLast()) && head.number() >= kept.getLast();
        Optional<Hash32> first = trail.hash(0);
        @Nullable
        Head now = first.isEmpty() ? null : fromWhoKnowsTheHead(List.of(0L)).get(0L);
        boolean shorter = head.number() < trail.cursor();
        if (now != null && !now.hash().equals(first.get()) && (shorter || head.number() <= ANEW_BLOCKS_MAX)) {
            return new Found.OtherChain();
        }
        if (allReplaced) {
            return new Found.Nowhere(kept.getLast());
        }
        return shorter && now != null ? new Found.Shorter() : unknown();
    }

    private static Found unknown() {
        return new Found.Unclear("the endpoint has none of the blocks that are stored");
    }

    /** Empty if the endpoint lags or is on another fork: what it says of older blocks would mislead. */
    private Map<Long, Head> fromWhoKnowsTheHead(List<Long> numbers) {
        List<Long> all = new ArrayList<>(numbers);
        all.add(head.number());
        Map<Long, Head> headers = chain.headers(all);
        @Nullable Head known = headers.get(head.number());
        return known != null && known.hash().equals(head.hash()) ? headers : Map.of();
    }
}
