package io.carabiner.pipeline;

import io.carabiner.values.PipelineValue;

/** The first input that has neither failed nor is nothing; else nothing. Never fails. */
record CoalesceTask() implements Task {

    CoalesceTask(Attributes ignored) {
        this();
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        for (TaskResult input : scope.inputs()) {
            if (input instanceof TaskResult.Success(PipelineValue value) && !(value instanceof PipelineValue.Null)) {
                return TaskAnswer.of(value);
            }
        }
        return TaskAnswer.of(PipelineValue.none());
    }
}
