package io.carabiner.values;

import java.io.Serial;

/** How a task gives up: only the text matters, so there is no stack trace. It ends in the task's result. */
public final class TaskFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** A failure with the Go node's text. */
    public TaskFailure(String text) {
        super(text, null, false, false);
    }

    /** A value of the wrong kind: the Go node puts its reason behind the text. */
    public static TaskFailure badInput(String text) {
        return new TaskFailure(text + ": bad input for task");
    }

    /** What a run shows. */
    public String text() {
        String text = getMessage();
        return text == null ? "" : text;
    }
}
