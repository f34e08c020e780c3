package io.carabiner.pipeline;

import java.io.Serial;

/** How a task gives up: only the text matters, so there is no stack trace. Never leaves this room. */
final class TaskFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    TaskFailure(String text) {
        super(text, null, false, false);
    }

    /** A value of the wrong kind: the Go node puts its reason behind the text. */
    static TaskFailure badInput(String text) {
        return new TaskFailure(text + ": bad input for task");
    }

    String text() {
        String text = getMessage();
        return text == null ? "" : text;
    }
}
