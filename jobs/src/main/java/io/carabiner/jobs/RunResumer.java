package io.carabiner.jobs;

import io.carabiner.database.Database;
import io.carabiner.database.WriteTransaction;
import io.carabiner.pipeline.TaskResult;
import io.carabiner.pipeline.TaskRun;
import io.carabiner.primitives.TimeSource;
import io.carabiner.txm.MinedReceipt;
import io.carabiner.txm.TransactionGas;
import io.carabiner.txm.TransactionListener;
import io.carabiner.txm.TransactionResult;
import io.carabiner.values.PipelineValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Completes suspended runs when their transactions have ended or their bridges have answered, in the write transaction
 * that stores the end. A run with tasks behind the one that waited goes on instead.
 */
final class RunResumer implements TransactionListener {

    /** {@code MINIMUM_CONSUMER_GAS_LIMIT} of the Operator contract: what must be left for the consumer's callback. */
    static final long OPERATOR_GAS_MIN = 400_000;

    private static final String UNDONE = "the transaction was undone by a reorg after it had been confirmed";

    /** What a waiting task is told. */
    private interface Answer {

        /** @param terminal whether nothing in the graph looks at the task */
        TaskResult result(boolean terminal);
    }

    private final StoredSpecs jobs;
    private final OutcomeStore outcomes;
    private final RunExecutor executor;
    private final TimeSource time;

    RunResumer(StoredSpecs jobs, OutcomeStore outcomes, RunExecutor executor, TimeSource time) {
        this.jobs = jobs;
        this.outcomes = outcomes;
        this.executor = executor;
        this.time = time;
    }

    @Override
    public void settled(WriteTransaction tx, List<TransactionResult> results) {
        Map<UUID, Answer> answers = new HashMap<>();
        Map<UUID, Long> gas = gasOfReverted(tx, results);
        for (TransactionResult result : results) {
            result.pipelineTaskRunId()
                    .ifPresent(task -> answers.put(
                            task, terminal -> withGas(taskResult(result, terminal), result, gas.get(task))));
        }
        RunStore.releaseOvertaken(tx, reverted(answer(tx, answers), byTask(results)));
    }

    private static Map<UUID, Long> gasOfReverted(WriteTransaction tx, List<TransactionResult> results) {
        List<UUID> reverted = results.stream()
                .filter(result -> result.revertedIn().isPresent())
                .flatMap(result -> result.pipelineTaskRunId().stream())
                .toList();
        return reverted.isEmpty() ? Map.of() : TransactionGas.limits(tx.sql(), reverted);
    }

    /** The likeliest reason of a revert is named: the receipt does not tell it. */
    private static TaskResult withGas(TaskResult result, TransactionResult fate, @Nullable Long gasLimit) {
        boolean tooLow = gasLimit != null && gasLimit < OPERATOR_GAS_MIN;
        return tooLow && fate.revertedIn().isPresent() && result instanceof TaskResult.Failure(String error)
                ? new TaskResult.Failure(error + ": its gas limit was " + gasLimit + ", and an Operator takes no answer"
                        + " that leaves the consumer less than " + OPERATOR_GAS_MIN + ": raise the job's gasLimit")
                : result;
    }

    /**
     * Takes an answer from outside.
     *
     * @param early where an answer is kept whose run is not stored as suspended yet
     */
    ResumeOutcome answer(Database database, UUID task, TaskResult result, EarlyAnswers early) {
        Optional<Long> run = answered(database, task, result);
        if (run.isPresent()) {
            return new ResumeOutcome.Resumed(run.get());
        }
        if (!executor.hasAsyncUnderWay()) {
            return answered(database, task, result)
                    .<ResumeOutcome>map(ResumeOutcome.Resumed::new)
                    .orElseGet(ResumeOutcome.NobodyWaits::new);
        }
        early.keep(task, result);
        Optional<Long> meanwhile = answered(database, task, result);
        meanwhile.ifPresent(any -> early.forget(task));
        return meanwhile.<ResumeOutcome>map(ResumeOutcome.Resumed::new).orElseGet(ResumeOutcome.Early::new);
    }

    private Optional<Long> answered(Database database, UUID task, TaskResult result) {
        return database.write(tx -> answer(tx, Map.of(task, terminal -> result)).stream()
                .map(Execution::runId)
                .findFirst());
    }

    /** The suspended runs that changed. */
    private List<Execution> answer(WriteTransaction tx, Map<UUID, Answer> answers) {
        Set<Long> runs =
                new HashSet<>(RunStore.waitingRuns(tx.sql(), answers.keySet()).values());
        if (runs.isEmpty()) {
            return List.of();
        }
        Map<Long, RunStore.Unfinished> locked = RunStore.lockUnfinished(tx, runs, "suspended");
        Map<Long, List<TaskRun>> taskRuns = RunStore.taskRuns(tx.sql(), locked.keySet());
        List<Execution> changed = new ArrayList<>();
        for (RunStore.Unfinished run : locked.values()) {
            List<TaskRun> tasks = taskRuns.getOrDefault(run.id(), List.of());
            jobs.find(tx.sql(), run.jobId(), run.jobVersion())
                    .ifPresent(job -> changed.add(answered(run, job, tasks, answers)));
        }
        outcomes.write(tx, changed);
        tx.afterCommit(() -> resumeRunning(changed));
        return changed;
    }

    private static Map<UUID, TransactionResult> byTask(List<TransactionResult> results) {
        Map<UUID, TransactionResult> byTask = new HashMap<>();
        results.forEach(result -> result.pipelineTaskRunId().ifPresent(task -> byTask.put(task, result)));
        return byTask;
    }

    /** The failed runs whose transactions reverted, with the block they reverted in. */
    private static Map<Long, Long> reverted(List<Execution> changed, Map<UUID, TransactionResult> answers) {
        Map<Long, Long> blocks = new HashMap<>();
        for (Execution run : changed) {
            for (TaskRun task : run.taskRuns()) {
                Optional.ofNullable(answers.get(task.id()))
                        .filter(any -> run.status() == Execution.Status.ERRORED)
                        .ifPresent(answer ->
                                answer.revertedIn().ifPresent(block -> blocks.merge(run.runId(), block, Math::min)));
            }
        }
        return blocks;
    }

    /** A run completed by a transaction that a reorg has undone failed after all; its request has another try. */
    @Override
    public void overturned(WriteTransaction tx, List<TransactionResult> results) {
        Map<UUID, TransactionResult> answers = byTask(results);
        Map<Long, TransactionResult> byRun = new HashMap<>();
        RunStore.runsOf(tx.sql(), answers.keySet()).forEach((task, run) -> byRun.put(run, answers.get(task)));
        List<Execution> undone = new ArrayList<>();
        for (RunStore.Unfinished run :
                RunStore.lockUnfinished(tx, byRun.keySet(), "completed").values()) {
            jobs.find(tx.sql(), run.jobId(), run.jobVersion())
                    .ifPresent(job -> undone.add(Execution.failed(run.id(), job, UNDONE)));
        }
        outcomes.write(tx, undone);
        Map<Long, Long> blocks = new HashMap<>();
        byRun.forEach((run, result) -> result.revertedIn().ifPresent(block -> blocks.put(run, block)));
        // What is not on the chain at all has not answered, wherever the request is now.
        undone.forEach(run -> blocks.putIfAbsent(run.runId(), 0L));
        RunStore.releaseOvertaken(tx, blocks);
    }

    private void resumeRunning(List<Execution> changed) {
        for (Execution run : changed) {
            if (run.status() == Execution.Status.RUNNING) {
                executor.resume(run.runId());
            }
        }
    }

    private Execution answered(RunStore.Unfinished run, Job job, List<TaskRun> tasks, Map<UUID, Answer> answers) {
        Set<String> terminals = RunProgress.terminals(job.spec().header().pipeline());
        List<TaskRun> changed = new ArrayList<>();
        for (TaskRun task : tasks) {
            Answer answer = answers.get(task.id());
            changed.add(
                    answer == null || !task.isPending()
                            ? task
                            : task.settled(answer.result(terminals.contains(task.dotId())), time.now()));
        }
        return Execution.failed(run.id(), job, "").withTaskRuns(changed);
    }

    /**
     * A transaction that reverted and that nothing in the graph looks at makes its task fail, even without {@code
     * failOnRevert}: the run must not say that all is well.
     */
    static TaskResult taskResult(TransactionResult result, boolean terminal) {
        return switch (result) {
            case TransactionResult.Failed failed -> new TaskResult.Failure(failed.error());
            case TransactionResult.Confirmed confirmed -> {
                MinedReceipt receipt = confirmed.receipt();
                yield receipt.successful() || !terminal
                        ? new TaskResult.Success(PipelineValue.fromJson(receipt.json()))
                        : new TaskResult.Failure("transaction " + receipt.transactionHash() + " reverted on-chain");
            }
        };
    }
}
