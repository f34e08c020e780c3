package io.carabiner.pipeline;

import io.carabiner.values.Coerce;
import io.carabiner.values.GoText;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.math.BigDecimal;
import java.util.List;

/** Holds a value; numbers become decimals. */
record MemoTask(Parameter value) implements Task {

    MemoTask(Attributes attributes) {
        this(attributes.parameter("value").json().firstInput().build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        if (scope.inputs().size() > 1) {
            scope.checkInputs(0, 1);
        }
        if (scope.inputs().stream().anyMatch(TaskResult.Failure.class::isInstance)) {
            throw new TaskFailure("task value missing: too many errors");
        }
        return TaskAnswer.of(new Resolver(scope).require(value, MemoTask::hold));
    }

    private static PipelineValue hold(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Null nothing -> nothing;
            case PipelineValue.Bool bool -> new PipelineValue.Memo(bool);
            case PipelineValue.Text text -> new PipelineValue.Memo(text);
            case PipelineValue.Whole whole -> decimal(new BigDecimal(whole.value()));
            case PipelineValue.Floating floating -> decimal(Coerce.decimal(floating));
            case PipelineValue.Decimal decimal -> decimal(decimal.value());
            case PipelineValue.Items(List<PipelineValue> items, String type)
            when type.equals("interface {}") -> new PipelineValue.Memo(PipelineValue.list(items));
            case PipelineValue.Fields fields -> new PipelineValue.Memo(fields);
            case PipelineValue.Memo memo -> memo;
            case PipelineValue.Items items -> throw refused(items);
            case PipelineValue.Binary binary -> throw refused(binary);
            case PipelineValue.AnyKeyed keyed -> throw refused(keyed);
        };
    }

    private static PipelineValue decimal(BigDecimal value) {
        return new PipelineValue.Memo(PipelineValue.decimal(value));
    }

    private static TaskFailure refused(PipelineValue value) {
        return new TaskFailure("bad input for task: " + GoText.typeOf(value));
    }
}
