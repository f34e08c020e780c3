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

    /** The head is the next block: its own header checks it, and may even tell that it holds nothing. */
    record Follow() implements IntakePlan {}

    /** Ask once more for all events of stored blocks that were only followed. The head is the last stored block. */
    record Sweep(Read range) implements IntakePlan {}

    /**
     * Read a range of blocks.
     *
     * @param from the first block
     * @param to the last block
     * @param headers the blocks whose headers are needed to check the answer, rising, with {@code to} and the head's
     *     among them; one below {@code from} is a stored block, compared where the endpoint has it
     * @param headNumber the newest head's height; an endpoint that does not have it with this hash lags or is on
     *     another fork, and its answer is not taken
     * @param headHash the newest head's hash
     */
    record Read(long from, long to, List<Long> headers, long headNumber, Hash32 headHash) implements IntakePlan {

        static Read of(Head head) {
            return new Read(head.number(), head.number(), List.of(head.number()), head.number(), head.hash());
        }

        long blocks() {
            return to - from + 1;
        }
    }

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
            return stored(trail, head, rules, rangeMax);
        }
        if (head.number() == from && trail.tip().isPresent()) {
            return trail.tip().get().equals(head.parentHash()) ? new Follow() : new FindAncestor();
        }
        long skipTo = head.number() - rules.backfillDepth();
        if (rules.skipBackfill() && from < skipTo) {
            return new Skip(skipTo);
        }
        return read(trail, from, head, rules, rangeMax);
    }

    private static IntakePlan stored(BlockTrail trail, Head head, IntakeRules rules, int rangeMax) {
        if (trail.hash(head.number()).filter(head.hash()::equals).isEmpty()) {
            return new FindAncestor();
        }
        boolean due = head.number() == trail.cursor() && trail.unproven() >= rules.sweepBlocks();
        return due ? new Sweep(sweep(trail, head, rangeMax)) : new Nothing();
    }

    /** The stored blocks that were only followed, as many as one range holds. */
    static Read sweep(BlockTrail trail, Head head, int rangeMax) {
        long from = trail.proven() + 1;
        long to = Math.min(trail.cursor(), trail.proven() + rangeMax);
        return new Read(from, to, List.of(head.number()), head.number(), head.hash());
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
        } else if (!trail.hashes().isEmpty()) {
            headers.add(trail.hashes().lastKey());
        }
        if (from == 0) {
            headers.add(from);
        }
        headers.add(to);
        headers.add(head.number());
        return new Read(from, to, new ArrayList<>(headers), head.number(), head.hash());
    }
}
