package io.carabiner.rpc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What several endpoints say about the same: pure. One endpoint that lies or lags must not decide on money where
 * another one is there to say otherwise.
 */
public sealed interface Quorum<T> {

    /** The most endpoints that are asked: two, and one more where they differ. */
    int ENDPOINTS_MAX = 3;

    /** No endpoint gave a usable answer. */
    record Silence<T>() implements Quorum<T> {}

    /** Only one endpoint is there, so it is believed. */
    record Alone<T>(T value) implements Quorum<T> {}

    /** At least two endpoints say the same, and no other answer has as many voices. */
    record Agreed<T>(T value) implements Quorum<T> {}

    /** No answer has more voices than another one. */
    record Split<T>(List<NodeAnswer<T>> answers) implements Quorum<T> {
        /** Keeps an own copy. */
        public Split {
            answers = List.copyOf(answers);
        }
    }

    /**
     * Counts the voices.
     *
     * @param essence what must be equal for two answers to be the same
     */
    static <T> Quorum<T> of(List<NodeAnswer<T>> answers, Function<T, ?> essence) {
        if (answers.isEmpty()) {
            return new Silence<>();
        }
        if (answers.size() == 1) {
            return new Alone<>(answers.getFirst().value());
        }
        Map<Object, List<NodeAnswer<T>>> voices = new LinkedHashMap<>();
        answers.forEach(answer -> voices.computeIfAbsent(essence.apply(answer.value()), key -> new ArrayList<>())
                .add(answer));
        List<List<NodeAnswer<T>>> bySize = voices.values().stream()
                .sorted(Comparator.comparing((List<NodeAnswer<T>> same) -> -same.size()))
                .toList();
        int most = bySize.getFirst().size();
        boolean tied = bySize.size() > 1 && bySize.get(1).size() == most;
        return most < 2 || tied
                ? new Split<>(answers)
                : new Agreed<>(bySize.getFirst().getFirst().value());
    }
}
