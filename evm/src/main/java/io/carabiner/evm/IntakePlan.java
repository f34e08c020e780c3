package io.carabiner.evm;

import io.carabiner.primitives.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What the intake should do next, decided from what is stored and the newest head: pure. */
sealed interface IntakePlan {

    /** All is stored. */
    record Nothing() implements IntakePlan {}

    /** The chain is not the one that was stored: find the newest stored block that still belongs to it. */
    record FindAncestor() implements IntakePlan {}

    /** Give up the blocks before this one and go on from there, since the operator wants no long backfills. */
    record Skip(long toBlock) implements IntakePlan {}

    /**
     * Read a range of blocks.
     *
     * @param from the first block
     * @param to the last block
     * @param headers the blocks whose headers are needed to check the answer, rising, with {@code to} and the head's
     *     among them
     * @param headNumber the newest head's height; an endpoint that does not have it with this hash lags or is on
     *     another fork, and its answer is not taken
     * @param headHash the newest head's hash
     */
    record Read(long from, long to, List<Long> headers, long headNumber, Hash32 headHash) implements IntakePlan {}

    /**
     * Decides.
     *
     * @param head the newest head
     * @param rangeMax the most blocks of a range now, at most what the rules say
     */
    static IntakePlan next(BlockTrail trail, Head head, IntakeRules rules, int rangeMax) {
        if (trail.isEmpty()) {
            return read(trail, Math.max(0, head.number() - rules.backfillDepth()), head, rules, rangeMax);
        }
        long from = trail.cursor() + 1;
        if (head.number() < from) {
            return trail.hash(head.number()).filter(head.hash()::equals).isPresent()
                    ? new Nothing()
                    : new FindAncestor();
        }
        if (head.number() == from
                && trail.tip().map(tip -> !tip.equals(head.parentHash())).orElse(false)) {
            return new FindAncestor();
        }
        long skipTo = head.number() - rules.backfillDepth();
        if (rules.skipBackfill() && from < skipTo) {
            return new Skip(skipTo);
        }
        return read(trail, from, head, rules, rangeMax);
    }

    private static Read read(BlockTrail trail, long from, Head head, IntakeRules rules, int rangeMax) {
        long checkedFrom = Math.max(0, head.number() - rules.finalityDepth());
        long to = Math.min(head.number(), from + rangeMax - 1);
        // Near the head every block is checked, so there the number of headers limits the range too.
        to = Math.min(to, Math.max(from, checkedFrom) + rules.headersMax() - 3);
        TreeSet<Long> headers = new TreeSet<>();
        for (long number = Math.max(from, checkedFrom); number <= to; number++) {
            headers.add(number);
        }
        if (trail.tip().isPresent()) {
            headers.add(from);
        }
        headers.add(to);
        headers.add(head.number());
        return new Read(from, to, new ArrayList<>(headers), head.number(), head.hash());
    }
}
