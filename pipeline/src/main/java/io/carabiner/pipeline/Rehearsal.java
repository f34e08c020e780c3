package io.carabiner.pipeline;

import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;

/**
 * A run that was tried out.
 *
 * @param steps all tasks of the graph in the order in which they may run
 */
public record Rehearsal(RunOutcome outcome, List<Step> steps) {

    /**
     * One task.
     *
     * @param run empty if it was not reached: something before it still waits for an answer
     * @param attributes what it was given, by the names as written; each {@code $(…)} that has a value is replaced
     * @param inputs the results of the tasks before it, as JSON, in their order; null where there is none
     * @param transaction what it would have sent
     */
    public record Step(
            PipelineTask task,
            Optional<TaskRun> run,
            Map<String, String> attributes,
            List<String> inputs,
            Optional<TriedTransaction> transaction) {

        /** How long it took, with all its attempts; zero if it has not ended. */
        public Duration took() {
            return run.flatMap(done -> done.finishedAt().map(end -> Duration.between(done.createdAt(), end)))
                    .orElse(Duration.ZERO);
        }
    }

    /** Copies the list. */
    public Rehearsal {
        steps = List.copyOf(steps);
    }

    static Rehearsal of(Pipeline pipeline, Variables variables, RunOutcome outcome, Map<UUID, TriedTransaction> tried) {
        Map<String, TaskResult> known = new HashMap<>();
        variables.values().forEach((name, value) -> known.put(name, new TaskResult.Success(value)));
        Map<String, TaskRun> runs = new HashMap<>();
        for (TaskRun run : outcome.taskRuns()) {
            runs.put(run.dotId(), run);
            known.put(run.dotId(), run.result());
        }
        List<PipelineTask> tasks = pipeline.tasks();
        List<Step> steps = new ArrayList<>();
        for (PipelineTask task : tasks) {
            Optional<TaskRun> run = Optional.ofNullable(runs.get(task.dotId()));
            List<String> inputs = task.inputs().stream()
                    .map(id -> Optional.ofNullable(runs.get(tasks.get(id).dotId()))
                            .flatMap(TaskRun::outputJson)
                            .orElse("null"))
                    .toList();
            steps.add(new Step(
                    task,
                    run,
                    filled(task, known),
                    inputs,
                    run.flatMap(done -> Optional.ofNullable(tried.get(done.id())))));
        }
        return new Rehearsal(outcome, steps);
    }

    private static Map<String, String> filled(PipelineTask task, Map<String, TaskResult> known) {
        Map<String, String> filled = new LinkedHashMap<>();
        task.attributes().forEach((name, text) -> {
            if (!name.equalsIgnoreCase("type")) {
                filled.put(name, filled(text, known));
            }
        });
        return filled;
    }

    private static String filled(String text, Map<String, TaskResult> known) {
        boolean whole = KeyPath.ofWhole(text) != null;
        return KeyPath.REFERENCE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(KeyPath.of(found.group(1)), known)
                        .map(value -> whole ? bare(value) : value.toJson())
                        .orElse(found.group())));
    }

    /** Text and hex without quotes, for the value stands alone. */
    private static String bare(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Text(String text) -> text;
            case PipelineValue.Binary ignored -> value.toJson().replace("\"", "");
            default -> value.toJson();
        };
    }

    private static Optional<PipelineValue> value(KeyPath path, Map<String, TaskResult> known) {
        try {
            return path.follow(known) instanceof TaskResult.Success(PipelineValue value)
                    ? Optional.of(value)
                    : Optional.empty();
        } catch (TaskFailure e) {
            return Optional.empty();
        }
    }
}
