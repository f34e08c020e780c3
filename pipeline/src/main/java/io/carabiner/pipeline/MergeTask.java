package io.carabiner.pipeline;

import io.carabiner.values.Coerce;
import io.carabiner.values.PipelineValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Two maps in one; the right one wins. The left one is copied, not changed. */
record MergeTask(Parameter left, Parameter right) implements Task {

    MergeTask(Attributes attributes) {
        this(
                attributes
                        .parameter("left", "left-side")
                        .variable()
                        .json()
                        .firstInput()
                        .build(),
                attributes.parameter("right", "right-side").variable().json().build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkInputs(0, 1);
        Resolver resolver = new Resolver(scope);
        Resolver.Resolved<Optional<Map<String, PipelineValue>>> base = resolver.read(left, Coerce::map);
        Resolver.Resolved<Optional<Map<String, PipelineValue>>> other = resolver.read(right, Coerce::map);
        resolver.throwFaults();
        if (base.get().isEmpty() && other.get().isEmpty()) {
            return TaskAnswer.of(PipelineValue.none());
        }
        Map<String, PipelineValue> merged = new LinkedHashMap<>(base.get().orElse(Map.of()));
        merged.putAll(other.get().orElse(Map.of()));
        return TaskAnswer.of(PipelineValue.map(merged));
    }
}
