package io.carabiner.pipeline;

import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads the parameters of one attempt and collects what is wrong with all of them before the task gives up. */
final class Resolver {

    private final TaskScope scope;
    private final List<String> faults = new ArrayList<>();

    Resolver(TaskScope scope) {
        this.scope = scope;
    }

    /** Reads a parameter that is one value. */
    <T> Resolved<T> read(Parameter parameter, Function<PipelineValue, T> coercion) {
        return attempt(parameter.label(), () -> switch (parameter.find(scope)) {
            case Parameter.Found.One(PipelineValue value) -> coercion.apply(value);
            case Parameter.Found.Several several ->
                coercion.apply(
                        PipelineValue.list(several.values().orElseThrow(() -> new TaskFailure("too many errors"))));
        });
    }

    /** Reads a list in which elements may have failed. */
    <T> Resolved<T> readAll(Parameter parameter, Function<Parameter.Found, T> coercion) {
        return attempt(parameter.label(), () -> coercion.apply(parameter.find(scope)));
    }

    private <T> Resolved<T> attempt(String label, Supplier<T> reading) {
        try {
            return new Resolved.Present<>(reading.get());
        } catch (TaskFailure e) {
            faults.add(label + ": " + e.text());
            return new Resolved.Faulty<>();
        }
    }

    /** Gives up if any parameter was wrong, with all their texts. */
    void throwFaults() {
        if (!faults.isEmpty()) {
            throw new TaskFailure(String.join("; ", faults));
        }
    }

    /** Reads one parameter and gives up at once if it is wrong. */
    <T> T require(Parameter parameter, Function<PipelineValue, T> coercion) {
        Resolved<T> resolved = read(parameter, coercion);
        throwFaults();
        return resolved.get();
    }

    /** A parameter's value, to be taken after {@link #throwFaults()}. */
    sealed interface Resolved<T> {
        /** The value. */
        T get();

        /** It is there. */
        record Present<T>(T get) implements Resolved<T> {}

        /** It was wrong. */
        record Faulty<T>() implements Resolved<T> {
            @Override
            public T get() {
                throw new IllegalStateException("faults were not thrown");
            }
        }
    }
}
