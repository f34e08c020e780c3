package io.carabiner.pipeline;

/** Fails as a fault in the program would: for trying out graphs. */
record PanicTask(String message) implements Task {

    PanicTask(Attributes attributes) {
        this(attributes.text("msg"));
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        throw new IllegalStateException(message);
    }
}
