package io.carabiner.pipeline;

import io.carabiner.values.Coerce;
import io.carabiner.values.PipelineValue;
import java.math.BigDecimal;

/** Whether one number is smaller than another. */
record LessThanTask(Parameter left, Parameter right) implements Task {

    LessThanTask(Attributes attributes) {
        this(
                attributes.parameter("left").variable().literal().firstInput().build(),
                attributes.parameter("right").variable().literal().build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkInputs(0, 1);
        Resolver resolver = new Resolver(scope);
        Resolver.Resolved<BigDecimal> smaller = resolver.read(left, Coerce::decimal);
        Resolver.Resolved<BigDecimal> larger = resolver.read(right, Coerce::decimal);
        resolver.throwFaults();
        return TaskAnswer.of(PipelineValue.bool(smaller.get().compareTo(larger.get()) < 0));
    }
}
