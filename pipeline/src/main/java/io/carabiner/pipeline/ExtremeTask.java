package io.carabiner.pipeline;

import io.carabiner.values.Coerce;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/** The largest or the smallest value. */
record ExtremeTask(Faults faults, Extreme extreme, Parameter lax) implements Task {

    /** Which one. */
    enum Extreme {
        /** The largest. */
        MAX("max", "maxize"),
        /** The smallest. */
        MIN("min", "minize");

        private final String task;
        private final String verb;

        Extreme(String task, String verb) {
            this.task = task;
            this.verb = verb;
        }
    }

    ExtremeTask(Attributes attributes, Extreme extreme) {
        this(new Faults(extreme.task, attributes), extreme, Faults.lax(attributes));
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        Resolver resolver = new Resolver(scope);
        Faults.Read read = faults.read(resolver);
        Resolver.Resolved<Boolean> dropNulls = resolver.read(lax, Coerce::bool);
        resolver.throwFaults();
        List<PipelineValue> values = faults.judge(read, dropNulls.get());
        if (values.isEmpty()) {
            return nothing(dropNulls.get());
        }
        Stream<BigDecimal> numbers = Faults.plainNumbers(values).stream();
        return TaskAnswer.of(PipelineValue.decimal(
                (extreme == Extreme.MAX ? numbers.max(BigDecimal::compareTo) : numbers.min(BigDecimal::compareTo))
                        .orElseThrow()));
    }

    private TaskAnswer nothing(boolean allowed) {
        if (allowed) {
            return TaskAnswer.of(PipelineValue.none());
        }
        throw new TaskFailure("no values to " + extreme.verb + ": wrong number of task inputs");
    }
}
