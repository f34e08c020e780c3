package io.carabiner.pipeline;

import io.carabiner.values.TaskFailure;
import java.util.function.Supplier;

/** Something read once when the graph is compiled; if it cannot be read, every run fails with the same text. */
sealed interface Compiled<T> {

    /** It can be read. */
    record Fine<T>(T value) implements Compiled<T> {}

    /** It cannot. */
    record Faulty<T>(String error) implements Compiled<T> {}

    static <T> Compiled<T> of(Supplier<T> reading) {
        try {
            return new Fine<>(reading.get());
        } catch (TaskFailure e) {
            return new Faulty<>(e.text());
        }
    }

    /** The value, or the failure. */
    default T get() {
        return switch (this) {
            case Fine<T>(T value) -> value;
            case Faulty<T>(String error) -> throw new TaskFailure(error);
        };
    }
}
