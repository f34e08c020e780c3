package io.carabiner.pipeline;

import io.carabiner.values.Coerce;
import io.carabiner.values.PipelineValue;
import java.util.Base64;

/** Bytes as base64 with padding. */
record Base64EncodeTask(Parameter input) implements Task {

    Base64EncodeTask(Attributes attributes) {
        this(attributes.parameter("input").variable().literal().firstInput().build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkInputs(0, 1);
        byte[] bytes = new Resolver(scope).require(input, Base64EncodeTask::raw);
        return TaskAnswer.of(PipelineValue.text(Base64.getEncoder().encodeToString(bytes)));
    }

    private static byte[] raw(PipelineValue value) {
        return value instanceof PipelineValue.Text(String text)
                ? text.getBytes(java.nio.charset.StandardCharsets.UTF_8)
                : Coerce.bytes(value).toArray();
    }
}
