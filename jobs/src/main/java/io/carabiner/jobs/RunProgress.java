package io.carabiner.jobs;

import io.carabiner.pipeline.Pipeline;
import io.carabiner.pipeline.PipelineTask;
import io.carabiner.pipeline.RunOutcome;
import io.carabiner.pipeline.RunState;
import io.carabiner.pipeline.TaskRun;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where a run stands, seen from its task runs alone. Pure. */
sealed interface RunProgress {

    /** Every task has ended. */
    record Finished(RunOutcome outcome) implements RunProgress {}

    /** Nothing can be done until somebody outside answers. */
    record Waiting() implements RunProgress {}

    /** There are tasks that can be executed now. */
    record Ready() implements RunProgress {}

    static RunProgress of(Pipeline pipeline, List<TaskRun> taskRuns) {
        Map<String, TaskRun> byName = new HashMap<>();
        taskRuns.forEach(run -> byName.put(run.dotId(), run));
        if (pipeline.tasks().stream().anyMatch(task -> isRunnable(task, pipeline, byName))) {
            return new Ready();
        }
        boolean allEnded = pipeline.tasks().stream().allMatch(task -> hasEnded(task, byName));
        return allEnded ? new Finished(outcome(pipeline, byName)) : new Waiting();
    }

    private static boolean isRunnable(PipelineTask task, Pipeline pipeline, Map<String, TaskRun> byName) {
        return !byName.containsKey(task.dotId())
                && task.dependencies().stream()
                        .allMatch(id -> hasEnded(pipeline.tasks().get(id), byName));
    }

    private static boolean hasEnded(PipelineTask task, Map<String, TaskRun> byName) {
        TaskRun run = byName.get(task.dotId());
        return run != null && !run.isPending();
    }

    private static RunOutcome outcome(Pipeline pipeline, Map<String, TaskRun> byName) {
        List<TaskRun> ordered = pipeline.tasks().stream()
                .sorted(Comparator.comparingInt(PipelineTask::index).thenComparingInt(PipelineTask::id))
                .map(task -> byName.get(task.dotId()))
                .toList();
        Set<String> terminals = terminals(pipeline);
        List<TaskRun> ends =
                ordered.stream().filter(run -> terminals.contains(run.dotId())).toList();
        boolean failed = ends.stream().anyMatch(run -> run.error().isPresent());
        return new RunOutcome(failed ? RunState.ERRORED : RunState.COMPLETED, false, ordered, ends, List.of());
    }

    /** The names of the tasks that nothing depends on. */
    static Set<String> terminals(Pipeline pipeline) {
        Set<String> names = new HashSet<>();
        pipeline.tasks().forEach(task -> names.add(task.dotId()));
        for (PipelineTask task : pipeline.tasks()) {
            task.dependencies()
                    .forEach(id -> names.remove(pipeline.tasks().get(id).dotId()));
        }
        return names;
    }
}
