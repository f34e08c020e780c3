package io.carabiner.pipeline;

import io.carabiner.values.Coerce;
import io.carabiner.values.Decimals;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.math.BigDecimal;

/** The exact product of two numbers. */
record MultiplyTask(Parameter input, Parameter times) implements Task {

    MultiplyTask(Attributes attributes) {
        this(
                attributes.parameter("input").variable().literal().firstInput().build(),
                attributes.parameter("times").variable().literal().build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkInputs(0, 1);
        Resolver resolver = new Resolver(scope);
        Resolver.Resolved<BigDecimal> factor = resolver.read(input, Coerce::decimal);
        Resolver.Resolved<BigDecimal> other = resolver.read(times, Coerce::decimal);
        resolver.throwFaults();
        long scale = (long) factor.get().scale() + other.get().scale();
        if (scale != (int) scale) {
            throw new TaskFailure("multiply overflow");
        }
        BigDecimal product = factor.get().multiply(other.get());
        if (!Decimals.fits(product)) {
            throw new TaskFailure("multiply overflow");
        }
        return TaskAnswer.of(PipelineValue.decimal(product));
    }
}
