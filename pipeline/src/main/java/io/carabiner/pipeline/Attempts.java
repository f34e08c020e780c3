package io.carabiner.pipeline;

import io.carabiner.outbound.Deadline;
import io.carabiner.primitives.TimeSource;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.Storable;
import io.carabiner.values.TaskFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All attempts of one task in one execution, with the waiting between them. Run by one thread, stopped by another. */
final class Attempts {

    private static final String CANCELLED = "task run cancelled (fail early)";

    /**
     * A task that has ended or waits for an answer.
     *
     * @param transactions what it wants to be sent: none or one
     */
    record Ended(CompiledTask task, TaskRun run, List<TransactionIntent> transactions, Duration took) {}

    private final CompiledTask task;
    private final Map<String, TaskResult> variables;
    private final List<TaskResult> inputs;
    private final RunContext context;
    private final TaskTools tools;
    private final Deadline runDeadline;
    private final UUID id = UUID.randomUUID();
    private final List<TransactionIntent> transactions = new ArrayList<>();

    private boolean cancelled;
    private boolean waiting;
    private @Nullable Thread thread;

    Attempts(
            CompiledTask task,
            Map<String, TaskResult> variables,
            List<TaskResult> inputs,
            RunContext context,
            TaskTools tools,
            Deadline runDeadline) {
        this.task = task;
        this.variables = variables;
        this.inputs = inputs;
        this.context = context;
        this.tools = tools;
        this.runDeadline = runDeadline;
    }

    static TaskRun cancelled(CompiledTask task, String error, Instant now) {
        return new TaskRun(
                UUID.randomUUID(),
                task.task().dotId(),
                task.task().type(),
                task.task().index(),
                new TaskResult.Failure(error),
                now,
                Optional.of(now));
    }

    /** Runs on the calling thread. */
    Ended runHere() throws InterruptedException {
        TimeSource time = tools.time();
        Instant createdAt = time.now();
        long start = time.monotonicNanos();
        TaskResult result = attemptAll();
        Optional<Instant> finishedAt =
                result instanceof TaskResult.Pending ? Optional.empty() : Optional.of(time.now());
        TaskRun run = new TaskRun(
                id, task.task().dotId(), task.task().type(), task.task().index(), result, createdAt, finishedAt);
        return new Ended(task, run, List.copyOf(transactions), Duration.ofNanos(time.monotonicNanos() - start));
    }

    /** Runs on a virtual thread of its own. */
    void fork(Queue<Ended> ended) {
        Thread worker = Thread.ofVirtual().name("task " + task.task().dotId()).unstarted(() -> {
            try {
                ended.add(runHere());
            } catch (InterruptedException e) {
                TaskRun run = cancelled(task, CANCELLED, tools.time().now());
                ended.add(new Ended(task, run, List.of(), Duration.ZERO));
            }
        });
        synchronized (this) {
            thread = worker;
        }
        worker.start();
    }

    /** A task that waits for its next attempt ends now; one that is in an attempt makes no further one. */
    synchronized void cancelRetries() {
        cancelled = true;
        if (waiting && thread != null) {
            thread.interrupt();
        }
    }

    /** Ends as soon as it can: the run is given up. */
    synchronized void stop() {
        cancelled = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private TaskResult attemptAll() throws InterruptedException {
        for (long attempt = 1; ; attempt++) {
            TaskResult result = attempt();
            boolean again = result instanceof TaskResult.Failure && attempt < task.attempts() && !task.failEarly();
            if (!again) {
                return result;
            }
            if (!waitForNext(attempt)) {
                return new TaskResult.Failure(CANCELLED);
            }
        }
    }

    private boolean waitForNext(long failedAttempts) throws InterruptedException {
        synchronized (this) {
            if (cancelled) {
                return false;
            }
            waiting = true;
        }
        try {
            tools.time().sleep(task.backoffAfter(failedAttempts));
        } catch (InterruptedException e) {
            if (isCancelled()) {
                return false;
            }
            throw e;
        } finally {
            synchronized (this) {
                waiting = false;
            }
        }
        return !isCancelled();
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    private TaskResult attempt() throws InterruptedException {
        Deadline deadline = runDeadline
                .within(context.maxTaskDuration())
                .within(task.timeout().orElse(Duration.ZERO));
        TaskScope scope =
                new TaskScope(id, task.task().dotId(), variables, inputs, context, task.timeout(), deadline, tools);
        try {
            return take(task.code().run(scope));
        } catch (TaskFailure e) {
            return new TaskResult.Failure(e.text());
        } catch (RuntimeException e) {
            return new TaskResult.Failure("goroutine panicked when executing run: " + e.getMessage());
        } catch (StackOverflowError e) {
            return new TaskResult.Failure("goroutine panicked when executing run: the value is nested too deep");
        }
    }

    private TaskResult take(TaskAnswer answer) {
        return switch (answer) {
            case TaskAnswer.Value(PipelineValue value) -> storable(value);
            case TaskAnswer.Pending() -> new TaskResult.Pending();
            case TaskAnswer.Transaction(TransactionIntent intent, Optional<PipelineValue> value) -> {
                transactions.add(intent);
                yield value.<TaskResult>map(TaskResult.Success::new).orElseGet(TaskResult.Pending::new);
            }
        };
    }

    private static TaskResult storable(PipelineValue value) {
        return Storable.fault(value)
                .<TaskResult>map(TaskResult.Failure::new)
                .orElseGet(() -> new TaskResult.Success(value));
    }
}
