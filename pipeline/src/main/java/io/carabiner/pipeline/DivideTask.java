package io.carabiner.pipeline;

import io.carabiner.values.Coerce;
import io.carabiner.values.Decimals;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.math.BigDecimal;
import java.util.OptionalInt;

/** A quotient of 16 places, or of as many as asked for. */
record DivideTask(Parameter input, Parameter divisor, Parameter precision) implements Task {

    DivideTask(Attributes attributes) {
        this(
                attributes.parameter("input").variable().literal().firstInput().build(),
                attributes.parameter("divisor").variable().literal().build(),
                attributes.parameter("precision").variable().exact().build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkNoInputFailed();
        Resolver resolver = new Resolver(scope);
        Resolver.Resolved<BigDecimal> dividend = resolver.read(input, Coerce::decimal);
        Resolver.Resolved<BigDecimal> by = resolver.read(divisor, Coerce::decimal);
        Resolver.Resolved<OptionalInt> places = resolver.read(precision, Coerce::maybeInt32);
        resolver.throwFaults();
        if (by.get().signum() == 0) {
            throw new TaskFailure("divide by zero");
        }
        int digits = places.get().orElse(Decimals.DIVISION_PLACES);
        return TaskAnswer.of(PipelineValue.decimal(quotient(dividend.get(), by.get(), digits)));
    }

    private static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor, int places) {
        long scale = (long) dividend.scale() - divisor.scale();
        long digits = (long) dividend.precision() - divisor.precision() - scale + 1;
        if (scale != (int) scale
                || Math.abs(digits) + Math.abs((long) places) > 2L * Decimals.DIGITS_LIMIT
                || places > Decimals.DIGITS_LIMIT) {
            throw new TaskFailure("division overflow");
        }
        return Decimals.divide(dividend, divisor, places);
    }
}
