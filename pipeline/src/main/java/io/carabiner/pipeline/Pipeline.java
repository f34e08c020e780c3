package io.carabiner.pipeline;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A parsed and checked graph of tasks: made once per job, run many times. Immutable and safe to share.
 *
 * <p>The text is the Go node's DOT dialect (core/services/pipeline/graph.go).
 */
public final class Pipeline {

    private final String source;
    private final List<CompiledTask> compiled;

    Pipeline(String source, List<CompiledTask> compiled) {
        this.source = source;
        this.compiled = List.copyOf(compiled);
    }

    /**
     * Reads the text of {@code observationSource}.
     *
     * @throws PipelineSyntaxException with every fault that could be found
     */
    public static Pipeline parse(String source) {
        return GraphCompiler.compile(source);
    }

    /** The text it was read from. */
    public String source() {
        return source;
    }

    /** The tasks in topological order; a task's id is its place in this list. */
    public List<PipelineTask> tasks() {
        return compiled.stream().map(CompiledTask::task).toList();
    }

    List<CompiledTask> compiled() {
        return compiled;
    }

    /** The names of all bridges that tasks call, in order, each once, lower case. */
    public List<String> bridgeNames() {
        return tasks().stream()
                .filter(task -> task.type().equals("bridge"))
                .map(task -> task.attribute("name").toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    /** The shortest limit that a task sets itself; empty if none does. */
    public Optional<Duration> minTimeout() {
        return compiled.stream().flatMap(task -> task.timeout().stream()).min(Comparator.naturalOrder());
    }

    /** Whether a run may wait for somebody outside: it has an async bridge or an ethtx task. */
    public boolean mayBeSuspended() {
        return tasks().stream()
                .anyMatch(task -> task.type().equals("ethtx")
                        || (task.type().equals("bridge")
                                && task.attribute("async").equals("true")));
    }

    /**
     * The graph as text again: one line per task, then the edges. Reading it gives the same tasks in the same order.
     */
    public String print() {
        StringBuilder text = new StringBuilder();
        List<PipelineTask> written = tasks().stream()
                .sorted(Comparator.comparingInt(PipelineTask::line).thenComparingInt(PipelineTask::column))
                .toList();
        for (PipelineTask task : written) {
            text.append(DotQuotes.quote(task.dotId())).append(" [");
            task.attributes().forEach((name, value) -> text.append(DotQuotes.quote(name))
                    .append('=')
                    .append(DotQuotes.quote(value))
                    .append(' '));
            text.append("];\n");
        }
        for (PipelineTask task : written) {
            for (int input : task.inputs()) {
                text.append(DotQuotes.quote(compiled.get(input).task().dotId()))
                        .append(" -> ")
                        .append(DotQuotes.quote(task.dotId()))
                        .append(";\n");
            }
        }
        return text.toString();
    }
}
