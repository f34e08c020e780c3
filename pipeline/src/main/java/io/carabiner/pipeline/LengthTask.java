package io.carabiner.pipeline;

import io.carabiner.values.Coerce;
import io.carabiner.values.PipelineValue;
import java.math.BigDecimal;

/** How many bytes there are. */
record LengthTask(Parameter input) implements Task {

    LengthTask(Attributes attributes) {
        this(attributes.parameter("input").variable().literal().firstInput().build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkInputs(0, 1);
        int length = new Resolver(scope).require(input, Coerce::bytes).size();
        return TaskAnswer.of(PipelineValue.decimal(BigDecimal.valueOf(length)));
    }
}
