package io.carabiner.pipeline;

import java.util.Locale;

/** Where a run stands after it was executed; stored under the Go node's names. */
public enum RunState {
    /** Every terminal task has a value. */
    COMPLETED,
    /** At least one terminal task has an error. */
    ERRORED,
    /** At least one task waits for an answer from outside. */
    SUSPENDED;

    /** The name in the database and in the API: lower case. */
    public String externalName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
