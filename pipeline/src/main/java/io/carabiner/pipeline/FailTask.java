package io.carabiner.pipeline;

import io.carabiner.values.TaskFailure;

/** Fails with a text: for trying out graphs. */
record FailTask(String message) implements Task {

    FailTask(Attributes attributes) {
        this(attributes.text("msg"));
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        throw new TaskFailure(message);
    }
}
