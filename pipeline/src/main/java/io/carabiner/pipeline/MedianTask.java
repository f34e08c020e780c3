package io.carabiner.pipeline;

import io.carabiner.values.Coerce;
import io.carabiner.values.Decimals;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.math.BigDecimal;
import java.util.List;

/** The value in the middle, or the mean of both. {@code lax} is of the Go node 2.31. */
record MedianTask(Faults faults, Parameter lax) implements Task {

    MedianTask(Attributes attributes) {
        this(new Faults("median", attributes), Faults.lax(attributes));
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        Resolver resolver = new Resolver(scope);
        Faults.Read read = faults.read(resolver);
        Resolver.Resolved<Boolean> dropNulls = resolver.read(lax, Coerce::bool);
        resolver.throwFaults();
        if (!dropNulls.get()) {
            return middle(faults.judge(read));
        }
        List<PipelineValue> values = faults.judge(read, true);
        return values.isEmpty() ? TaskAnswer.of(PipelineValue.none()) : middle(values);
    }

    private static TaskAnswer middle(List<PipelineValue> values) {
        if (values.isEmpty()) {
            throw new TaskFailure("no values to medianize: wrong number of task inputs");
        }
        List<BigDecimal> numbers = Faults.plainNumbers(values).stream().sorted().toList();
        BigDecimal upper = numbers.get(numbers.size() / 2);
        if (numbers.size() % 2 == 1) {
            return TaskAnswer.of(PipelineValue.decimal(upper));
        }
        BigDecimal both = upper.add(numbers.get(numbers.size() / 2 - 1));
        return TaskAnswer.of(PipelineValue.decimal(Decimals.divide(both, BigDecimal.TWO, Decimals.DIVISION_PLACES)));
    }
}
