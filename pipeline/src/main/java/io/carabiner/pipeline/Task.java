package io.carabiner.pipeline;

/**
 * What a task type does, compiled for one task of one graph. Immutable; used by many runs at once.
 *
 * <p>A new type is one such class and one row in {@link TaskTypes}.
 */
interface Task {

    /**
     * Makes one attempt.
     *
     * @throws TaskFailure if it fails
     */
    TaskAnswer run(TaskScope scope) throws InterruptedException;
}
