package io.carabiner.pipeline;

import io.carabiner.primitives.TimeSource;
import java.util.List;

/**
 * Executes graphs of tasks. One for the node; safe for use by many threads, and blocking: give each run its own
 * virtual thread.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class PipelineRunner implements AutoCloseable {

    /** A runner; what it needs from the rooms above comes through the ports. */
    public PipelineRunner(PipelineSettings settings, BridgeLookup bridges, EthereumAccess ethereum, TimeSource time) {}

    /** Executes a run from its beginning. Never throws for what a task does: errors are in the outcome. */
    public RunOutcome run(Pipeline pipeline, Variables variables, RunContext context) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /**
     * Goes on with a stored run: task runs with a result keep it, pending ones stay pending under their id, all others
     * are executed.
     */
    public RunOutcome resume(Pipeline pipeline, Variables variables, List<TaskRun> stored, RunContext context)
            throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Closes the shared HTTP connections. */
    @Override
    public void close() {}
}
