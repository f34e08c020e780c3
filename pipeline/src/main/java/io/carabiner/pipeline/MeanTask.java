package io.carabiner.pipeline;

import io.carabiner.values.Coerce;
import io.carabiner.values.Decimals;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;

/** The mean, of 16 places or of as many as asked for. */
record MeanTask(Faults faults, Parameter precision) implements Task {

    MeanTask(Attributes attributes) {
        this(
                new Faults("mean", attributes),
                attributes.parameter("precision").variable().exact().build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        Resolver resolver = new Resolver(scope);
        Faults.Read read = faults.read(resolver);
        Resolver.Resolved<OptionalInt> places = resolver.read(precision, Coerce::maybeInt32);
        resolver.throwFaults();
        List<BigDecimal> numbers = Faults.numbers(faults.judge(read));
        int digits = places.get().orElse(Decimals.DIVISION_PLACES);
        if (Math.abs((long) digits) > Decimals.DIGITS_LIMIT) {
            throw new TaskFailure("division overflow");
        }
        BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return TaskAnswer.of(PipelineValue.decimal(Decimals.divide(sum, BigDecimal.valueOf(numbers.size()), digits)));
    }
}
