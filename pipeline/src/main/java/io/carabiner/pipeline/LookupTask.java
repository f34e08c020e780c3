package io.carabiner.pipeline;

import io.carabiner.values.Coerce;
import io.carabiner.values.GoText;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.util.Map;

/** The value of one key of the input, or nothing. */
record LookupTask(Parameter key) implements Task {

    LookupTask(Attributes attributes) {
        this(attributes.parameter("key").exact().build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkInputs(1, 1);
        String wanted = new Resolver(scope).require(key, Coerce::string);
        return switch (scope.inputs().getFirst()) {
            case TaskResult.Success(PipelineValue input) -> TaskAnswer.of(lookUp(input, wanted));
            case TaskResult.Failure ignored -> throw new TaskFailure("task inputs: too many errors");
            case TaskResult.Pending ignored -> throw new TaskFailure("task inputs: too many errors");
        };
    }

    private static PipelineValue lookUp(PipelineValue input, String wanted) {
        if (input instanceof PipelineValue.Fields(Map<String, PipelineValue> fields)) {
            return fields.getOrDefault(wanted, PipelineValue.none());
        }
        throw new TaskFailure("unexpected input type: " + GoText.typeOf(input));
    }
}
