package io.carabiner.fluxmonitor;

import java.math.BigDecimal;

/**
 * Where a monitor stands. Immutable.
 *
 * @param task what it is doing
 */
record Monitor(Timers timers, Task task) {

    /** What a monitor is doing; all but resting waits for the answer to an {@link Ask}. */
    sealed interface Task {

        /** Nothing: it waits for a signal. */
        record Resting() implements Task {}

        /** Reads the round it may answer. */
        record Reading(Cause cause, boolean heldBack) implements Task {}

        /** Executes the tasks for a round. */
        record Observing(Cause cause, RoundState round) implements Task {}

        /** Stores a submission. */
        record Submitting(Cause cause, RoundState round, BigDecimal answer) implements Task {}

        /** Reads the suggested round for the timers. */
        record Peeking() implements Task {}

        /** Reads the flags because one was raised. */
        record LookingAtFlags() implements Task {}

        /** Reads the flags before the daily look. */
        record Dozing() implements Task {}

        /** Reads the newest round because a flag was lowered. */
        record Awakening() implements Task {}
    }

    boolean isResting() {
        return task instanceof Task.Resting;
    }

    Monitor resting() {
        return doing(new Task.Resting());
    }

    Monitor doing(Task next) {
        return new Monitor(timers, next);
    }

    Monitor with(Timers changed) {
        return new Monitor(changed, task);
    }
}
