package io.carabiner.pipeline;

import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.util.List;
import java.util.random.RandomGenerator;

/** One of the inputs that have not failed, at random. */
record AnyTask() implements Task {

    AnyTask(Attributes ignored) {
        this();
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        if (scope.inputs().isEmpty()) {
            throw new TaskFailure("AnyTask requires at least 1 input: wrong number of task inputs");
        }
        List<PipelineValue> answers = scope.inputs().stream()
                .filter(TaskResult.Success.class::isInstance)
                .map(input -> ((TaskResult.Success) input).value())
                .toList();
        if (answers.isEmpty()) {
            throw TaskFailure.badInput("There were zero non-errored inputs");
        }
        return TaskAnswer.of(answers.get(RandomGenerator.getDefault().nextInt(answers.size())));
    }
}
