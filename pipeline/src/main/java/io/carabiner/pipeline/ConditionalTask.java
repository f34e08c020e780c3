package io.carabiner.pipeline;

import io.carabiner.values.Coerce;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;

/** True if the data is true, else it fails. A literal counts for nothing. */
record ConditionalTask(Parameter data) implements Task {

    ConditionalTask(Attributes attributes) {
        this(attributes.parameter("data").variable().firstInput().build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkInputs(0, 1);
        if (!new Resolver(scope).require(data, Coerce::bool)) {
            throw new TaskFailure("conditional was not satisfied");
        }
        return TaskAnswer.of(PipelineValue.bool(true));
    }
}
