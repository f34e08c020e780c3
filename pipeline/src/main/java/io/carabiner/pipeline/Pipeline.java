package io.carabiner.pipeline;

import java.util.List;

/**
 * A parsed and checked graph of tasks: made once per job, run many times. Immutable and safe to share.
 *
 * <p>The text is the Go node's DOT dialect (core/services/pipeline/graph.go).
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod"})
public final class Pipeline {

    private final String source;
    private final List<PipelineTask> tasks;

    private Pipeline(String source, List<PipelineTask> tasks) {
        this.source = source;
        this.tasks = List.copyOf(tasks);
    }

    /**
     * Reads the text of {@code observationSource}.
     *
     * @throws PipelineSyntaxException with every fault that could be found
     */
    public static Pipeline parse(String source) {
        throw new UnsupportedOperationException();
    }

    /** The text it was read from. */
    public String source() {
        return source;
    }

    /** The tasks in topological order; a task's id is its place in this list. */
    public List<PipelineTask> tasks() {
        return tasks;
    }

    /** The names of all bridges that tasks call, in order, each once, lower case. */
    public List<String> bridgeNames() {
        throw new UnsupportedOperationException();
    }

    /** Whether a run may wait for somebody outside: it has an async bridge or an ethtx task. */
    public boolean mayBeSuspended() {
        throw new UnsupportedOperationException();
    }
}
