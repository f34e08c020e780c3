package io.carabiner.evm;

import io.carabiner.primitives.Hash32;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers that may lack events, as long as they are not believed. Confined to one thread. */
final class ShortAnswers {

    /** How often in a row a block that may hold an event must be given again without it before that is believed. */
    static final int RECHECKS_MAX = 2;

    private final Map<Hash32, Integer> emptyInARow = new HashMap<>();
    private final Set<LogEntry> earlier = new HashSet<>();

    /** An answer that turned out to be short is not thrown away: what it held of the same blocks counts. */
    RangeAnswer completed(RangeAnswer answer) {
        if (earlier.isEmpty()) {
            return answer;
        }
        Set<LogEntry> all = new LinkedHashSet<>(answer.logs());
        earlier.stream().filter(log -> isOf(answer, log)).forEach(all::add);
        return new RangeAnswer(List.copyOf(all), answer.heads());
    }

    private static boolean isOf(RangeAnswer answer, LogEntry log) {
        @Nullable Head head = answer.heads().get(log.blockNumber());
        return head != null && head.hash().equals(log.blockHash());
    }

    /** Whether to ask once more: each block's emptiness is believed when it was given often enough. */
    boolean doubted(List<Head> suspects, RangeAnswer answer) {
        boolean doubt = false;
        for (Head suspect : suspects) {
            doubt |= emptyInARow.merge(suspect.hash(), 1, Integer::sum) <= RECHECKS_MAX;
        }
        if (doubt) {
            earlier.addAll(answer.logs());
        }
        return doubt;
    }

    /** Something else came in between. */
    void interrupted() {
        emptyInARow.clear();
    }

    void clear() {
        emptyInARow.clear();
        earlier.clear();
    }
}
