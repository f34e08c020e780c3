package io.carabiner.pipeline;

import io.carabiner.values.Decimals;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.math.BigDecimal;
import java.util.List;

/** The value in the middle, or the mean of both. */
record MedianTask(Faults faults) implements Task {

    MedianTask(Attributes attributes) {
        this(new Faults("median", attributes));
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        Resolver resolver = new Resolver(scope);
        Faults.Read read = faults.read(resolver);
        resolver.throwFaults();
        List<PipelineValue> values = faults.judge(read);
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
