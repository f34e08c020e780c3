package io.carabiner.pipeline;

import io.carabiner.values.PipelineValue;
import java.util.Optional;

/** What an attempt brought. */
sealed interface TaskAnswer {

    /** A value. */
    record Value(PipelineValue value) implements TaskAnswer {}

    /** Nothing yet: somebody will call back. */
    record Pending() implements TaskAnswer {}

    /**
     * A transaction to send.
     *
     * @param value what the task is worth at once; empty if it waits for the transaction
     */
    record Transaction(TransactionIntent intent, Optional<PipelineValue> value) implements TaskAnswer {}

    static TaskAnswer of(PipelineValue value) {
        return new Value(value);
    }
}
