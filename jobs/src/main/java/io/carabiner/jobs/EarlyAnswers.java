package io.carabiner.jobs;

import io.carabiner.pipeline.TaskResult;
import io.carabiner.pipeline.TaskRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Answers of asynchronous bridges that came before their run was stored as suspended. Kept in memory: should the
 * process die, the run is executed anew and asks the bridge again. Bounded: the oldest are dropped. Thread-safe.
 */
final class EarlyAnswers {

    /** How many answers are kept. */
    static final int ANSWERS_MAX = 1_000;

    private final Map<UUID, TaskResult> answers = new LinkedHashMap<>();

    synchronized void keep(UUID taskRun, TaskResult answer) {
        answers.put(taskRun, answer);
        if (answers.size() > ANSWERS_MAX) {
            answers.remove(answers.keySet().iterator().next());
        }
    }

    synchronized void forget(UUID taskRun) {
        answers.remove(taskRun);
    }

    /** The answers that pending ones of these task runs have; they stay kept until they are forgotten. */
    synchronized Map<UUID, TaskResult> of(List<TaskRun> taskRuns) {
        Map<UUID, TaskResult> found = new LinkedHashMap<>();
        if (!answers.isEmpty()) {
            for (TaskRun run : new ArrayList<>(taskRuns)) {
                TaskResult answer = answers.get(run.id());
                if (run.isPending() && answer != null) {
                    found.put(run.id(), answer);
                }
            }
        }
        return found;
    }
}
