package io.carabiner.pipeline;

import io.carabiner.values.PipelineValue;
import java.math.BigDecimal;

/** The exact sum. */
record SumTask(Faults faults) implements Task {

    SumTask(Attributes attributes) {
        this(new Faults("sum", attributes));
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        Resolver resolver = new Resolver(scope);
        Faults.Read read = faults.read(resolver);
        resolver.throwFaults();
        BigDecimal sum = Faults.numbers(faults.judge(read)).stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return TaskAnswer.of(PipelineValue.decimal(sum));
    }
}
