package io.carabiner.rpc;

import io.carabiner.config.SelectionMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** In which order endpoints are asked: pure. */
final class EndpointChoice {

    private EndpointChoice() {}

    /** How an endpoint stands for one request; the first is asked first. */
    enum Standing {
        /** Nothing speaks against it. */
        GOOD,
        /** It is not known to be able to serve this request, such as a range of logs that it refused before. */
        LIMITED,
        /** Further behind the best endpoint than {@code NodePool.SyncThreshold}. */
        OUT_OF_SYNC,
        /** It owes an answer for too long. */
        SILENT,
        /** It asked to be left alone for a while. */
        PAUSED
    }

    /**
     * What is known of an endpoint that can be asked.
     *
     * @param order the configured {@code Order}, the lowest first
     * @param score as {@link HealthScore} says
     */
    record Candidate<T>(T endpoint, int order, Standing standing, int score) {}

    /**
     * The endpoints, the one to ask first.
     *
     * @param candidates in the order of the configuration
     * @param turn counts requests; endpoints take turns where the mode says so
     */
    static <T> List<T> order(List<Candidate<T>> candidates, SelectionMode mode, long turn) {
        Comparator<Candidate<T>> standing = Comparator.comparing(Candidate::standing);
        Comparator<Candidate<T>> health = Comparator.comparing(candidate -> -HealthScore.step(candidate.score()));
        Comparator<Candidate<T>> order = Comparator.comparing(Candidate::order);
        List<Candidate<T>> sorted = new ArrayList<>(
                switch (mode) {
                    case ROUND_ROBIN, PRIORITY_LEVEL -> rotated(candidates, turn);
                    case HIGHEST_HEAD, TOTAL_DIFFICULTY -> candidates;
                });
        // The sort is stable: what is equal stays in the order of the configuration, or of the turn.
        sorted.sort(
                switch (mode) {
                    case HIGHEST_HEAD, TOTAL_DIFFICULTY ->
                        standing.thenComparing(health).thenComparing(order);
                    case ROUND_ROBIN -> standing.thenComparing(health);
                    case PRIORITY_LEVEL -> standing.thenComparing(order).thenComparing(health);
                });
        return sorted.stream().map(Candidate::endpoint).toList();
    }

    private static <T> List<Candidate<T>> rotated(List<Candidate<T>> candidates, long turn) {
        if (candidates.isEmpty()) {
            return candidates;
        }
        int first = (int) Math.floorMod(turn, (long) candidates.size());
        List<Candidate<T>> rotated = new ArrayList<>(candidates.subList(first, candidates.size()));
        rotated.addAll(candidates.subList(0, first));
        return rotated;
    }
}
