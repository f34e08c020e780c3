package io.carabiner.pipeline;

import io.carabiner.values.Coerce;
import io.carabiner.values.PipelineValue;
import java.util.function.IntUnaryOperator;

/** A text in lower or in upper case, character by character as Go does it: no language's own rules. */
record CaseTask(Parameter input, IntUnaryOperator change) implements Task {

    CaseTask(Attributes attributes, IntUnaryOperator change) {
        this(attributes.parameter("input").variable().literal().firstInput().build(), change);
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkInputs(0, 1);
        return TaskAnswer.of(PipelineValue.text(changed(new Resolver(scope).require(input, Coerce::string))));
    }

    private String changed(String text) {
        StringBuilder changed = new StringBuilder();
        text.codePoints().forEach(point -> changed.appendCodePoint(change.applyAsInt(point)));
        return changed.toString();
    }
}
