package io.carabiner.pipeline;

import java.util.function.UnaryOperator;

/** A text in lower or in upper case. */
record CaseTask(Parameter input, UnaryOperator<String> change) implements Task {

    CaseTask(Attributes attributes, UnaryOperator<String> change) {
        this(attributes.parameter("input").variable().literal().firstInput().build(), change);
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkInputs(0, 1);
        return TaskAnswer.of(PipelineValue.text(change.apply(new Resolver(scope).require(input, Coerce::string))));
    }
}
