package io.carabiner.txm;

import io.carabiner.primitives.Hash32;
import io.carabiner.rpc.NodeAnswer;
import io.carabiner.rpc.Quorum;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is believed of endpoints that differ: the least that any of them says, so that nothing is done on the word of
 * one that lies. Thread-safe.
 */
final class AgreedReads<R> {

    /**
     * So many looks in a row must one endpoint show a receipt that the others do not have, before it is believed: one
     * that leaves receipts out is far more common than one that makes them up.
     */
    static final int LOOKS_UNTIL_BELIEVED = 5;

    /** Disputes that are remembered; beyond it the oldest start anew. */
    private static final int DISPUTES_MAX = 10_000;

    // Guarded by this.
    private final Map<Hash32, Integer> disputes = new HashMap<>();

    /**
     * The number of mined transactions: where endpoints differ, the lowest. One that is too low only makes us wait.
     *
     * @param alone asks one endpoint, for when no endpoint gave a usable answer
     */
    static long count(Quorum<Long> said, Supplier<Long> alone) {
        return switch (said) {
            case Quorum.Alone<Long>(Long value) -> value;
            case Quorum.Agreed<Long>(Long value) -> value;
            case Quorum.Split<Long>(List<NodeAnswer<Long>> answers) ->
                answers.stream().mapToLong(NodeAnswer::value).min().orElseThrow();
            case Quorum.Silence<Long> silence -> alone.get();
        };
    }

    /** The receipt, as far as it is believed now. */
    Optional<R> receipt(Hash32 transaction, Quorum<Optional<R>> said) {
        return switch (said) {
            case Quorum.Alone<Optional<R>>(Optional<R> value) -> settled(transaction, value);
            case Quorum.Agreed<Optional<R>>(Optional<R> value) -> settled(transaction, value);
            case Quorum.Split<Optional<R>>(List<NodeAnswer<Optional<R>>> answers) -> disputed(transaction, answers);
            case Quorum.Silence<Optional<R>> silence -> Optional.empty();
        };
    }

    private synchronized Optional<R> settled(Hash32 transaction, Optional<R> value) {
        disputes.remove(transaction);
        return value;
    }

    private synchronized Optional<R> disputed(Hash32 transaction, List<NodeAnswer<Optional<R>>> answers) {
        List<R> receipts =
                answers.stream().flatMap(answer -> answer.value().stream()).toList();
        if (receipts.size() != 1) {
            // Two different receipts: a reorg, or a lie. Time or a third endpoint decides.
            return Optional.empty();
        }
        if (disputes.size() >= DISPUTES_MAX) {
            disputes.clear();
        }
        int looks = disputes.merge(transaction, 1, Integer::sum);
        return looks >= LOOKS_UNTIL_BELIEVED ? Optional.of(receipts.getFirst()) : Optional.empty();
    }
}
