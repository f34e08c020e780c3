package io.carabiner.pipeline;

import io.carabiner.outbound.Deadline;
import io.carabiner.primitives.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One execution of one run. The calling thread owns the state; tasks that may run beside each other get virtual threads
 * that hand their results back through a queue. A task that is alone runs on the calling thread.
 */
final class Execution {

    private static final String CANCELLED = "task run cancelled (fail early)";

    private final List<CompiledTask> tasks;
    private final RunContext context;
    private final TaskTools tools;
    private final TimeSource time;
    private final Deadline deadline;
    private final Map<String, TaskResult> variables = new ConcurrentHashMap<>();
    private final Map<Integer, TaskRun> runs = new HashMap<>();
    private final List<TransactionIntent> transactions = new ArrayList<>();
    private final Deque<CompiledTask> ready = new ArrayDeque<>();
    private final Map<Integer, Attempts> running = new HashMap<>();
    private final BlockingQueue<Attempts.Ended> ended = new LinkedBlockingQueue<>();
    private boolean failedEarly;

    Execution(
            Pipeline pipeline,
            Variables variables,
            List<TaskRun> stored,
            RunContext context,
            TaskTools tools,
            Deadline deadline) {
        this.tasks = pipeline.compiled();
        this.context = context;
        this.tools = tools;
        this.time = tools.time();
        this.deadline = deadline;
        variables.values().forEach((name, value) -> this.variables.put(name, new TaskResult.Success(value)));
        Map<String, TaskRun> byName = new HashMap<>();
        stored.forEach(run -> byName.put(run.dotId(), run));
        for (CompiledTask task : tasks) {
            TaskRun run = byName.get(task.task().dotId());
            if (run != null) {
                remember(task, run);
            }
        }
    }

    private void remember(CompiledTask task, TaskRun run) {
        runs.put(task.task().id(), run);
        if (!run.isPending()) {
            variables.put(run.dotId(), run.result());
        }
    }

    RunOutcome execute() throws InterruptedException {
        collectReady();
        try {
            while (!ready.isEmpty() || !running.isEmpty()) {
                if (running.isEmpty() && ready.size() == 1) {
                    end(start(ready.remove()).runHere());
                } else {
                    while (!ready.isEmpty()) {
                        start(ready.remove()).fork(ended);
                    }
                    end(ended.take());
                }
            }
        } catch (InterruptedException e) {
            running.values().forEach(Attempts::stop);
            throw e;
        }
        return outcome();
    }

    private void collectReady() {
        if (failedEarly) {
            return;
        }
        for (CompiledTask task : tasks) {
            int id = task.task().id();
            if (!runs.containsKey(id) && !running.containsKey(id) && !ready.contains(task) && mayStart(task)) {
                ready.add(task);
            }
        }
    }

    private boolean mayStart(CompiledTask task) {
        for (int dependency : task.task().dependencies()) {
            TaskRun run = runs.get(dependency);
            if (run == null || run.isPending()) {
                return false;
            }
        }
        return true;
    }

    private Attempts start(CompiledTask task) {
        List<TaskResult> inputs = new ArrayList<>();
        for (int input : task.task().inputs()) {
            TaskRun run = runs.get(input);
            if (run != null) {
                inputs.add(run.result());
            }
        }
        Attempts attempts = new Attempts(task, variables, inputs, context, tools, deadline);
        running.put(task.task().id(), attempts);
        return attempts;
    }

    private void end(Attempts.Ended end) {
        CompiledTask task = end.task();
        running.remove(task.task().id());
        remember(task, end.run());
        transactions.addAll(end.transactions());
        boolean failed = end.run().result() instanceof TaskResult.Failure;
        tools.metrics().taskEnded(context, task.task(), failed, end.took());
        if (failed && task.failEarly() && !failedEarly) {
            failedEarly = true;
            ready.clear();
            running.values().forEach(Attempts::cancelRetries);
        }
        collectReady();
    }

    private RunOutcome outcome() {
        if (failedEarly) {
            tasks.stream()
                    .filter(task -> !runs.containsKey(task.task().id()))
                    .forEach(task -> runs.put(task.task().id(), Attempts.cancelled(task, CANCELLED, time.now())));
        }
        List<CompiledTask> inOrder = tasks.stream()
                .filter(task -> runs.containsKey(task.task().id()))
                .sorted(Comparator.comparingInt(
                        (CompiledTask task) -> task.task().index()))
                .toList();
        List<TaskRun> taskRuns = runsOf(inOrder);
        if (!failedEarly && taskRuns.stream().anyMatch(TaskRun::isPending)) {
            return new RunOutcome(RunState.SUSPENDED, false, taskRuns, List.of(), transactions);
        }
        List<TaskRun> terminals =
                runsOf(inOrder.stream().filter(CompiledTask::terminal).toList());
        boolean errored = terminals.stream().anyMatch(run -> run.error().isPresent());
        return new RunOutcome(
                errored ? RunState.ERRORED : RunState.COMPLETED,
                failedEarly,
                taskRuns,
                terminals,
                failedEarly ? List.of() : transactions);
    }

    private List<TaskRun> runsOf(List<CompiledTask> inOrder) {
        List<TaskRun> found = new ArrayList<>();
        for (CompiledTask task : inOrder) {
            TaskRun run = runs.get(task.task().id());
            if (run != null) {
                found.add(run);
            }
        }
        return found;
    }
}
