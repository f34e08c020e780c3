package io.carabiner.jobs;

import io.carabiner.database.WriteTransaction;
import io.carabiner.pipeline.TaskResult;
import io.carabiner.pipeline.TaskRun;
import io.carabiner.primitives.TimeSource;
import io.carabiner.txm.MinedReceipt;
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

/**
 * Completes suspended runs when their transactions have ended, in the write transaction that stores the end. A run with
 * tasks behind the transaction goes on instead.
 */
final class RunResumer implements TransactionListener {

    private static final String UNDONE = "the transaction was undone by a reorg after it had been confirmed";

    private final ActiveJobs jobs;
    private final OutcomeStore outcomes;
    private final RunExecutor executor;
    private final TimeSource time;

    RunResumer(ActiveJobs jobs, OutcomeStore outcomes, RunExecutor executor, TimeSource time) {
        this.jobs = jobs;
        this.outcomes = outcomes;
        this.executor = executor;
        this.time = time;
    }

    @Override
    public void settled(WriteTransaction tx, List<TransactionResult> results) {
        Map<UUID, TransactionResult> answers = new HashMap<>();
        for (TransactionResult result : results) {
            result.pipelineTaskRunId().ifPresent(task -> answers.put(task, result));
        }
        Set<Long> runs =
                new HashSet<>(RunStore.waitingRuns(tx.sql(), answers.keySet()).values());
        if (runs.isEmpty()) {
            return;
        }
        Map<Long, RunStore.Unfinished> locked = RunStore.lockUnfinished(tx, runs, "suspended");
        Map<Long, List<TaskRun>> taskRuns = RunStore.taskRuns(tx.sql(), locked.keySet());
        List<Execution> changed = new ArrayList<>();
        for (RunStore.Unfinished run : locked.values()) {
            List<TaskRun> tasks = taskRuns.getOrDefault(run.id(), List.of());
            jobs.find(run.jobId()).ifPresent(job -> changed.add(answered(run, job, tasks, answers)));
        }
        outcomes.write(tx, changed);
        RunStore.releaseOvertaken(tx, reverted(changed, answers));
        tx.afterCommit(() -> resumeRunning(changed));
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
        Map<UUID, TransactionResult> answers = new HashMap<>();
        results.forEach(result -> result.pipelineTaskRunId().ifPresent(task -> answers.put(task, result)));
        Map<Long, TransactionResult> byRun = new HashMap<>();
        RunStore.runsOf(tx.sql(), answers.keySet()).forEach((task, run) -> byRun.put(run, answers.get(task)));
        List<Execution> undone = new ArrayList<>();
        for (RunStore.Unfinished run :
                RunStore.lockUnfinished(tx, byRun.keySet(), "completed").values()) {
            jobs.find(run.jobId()).ifPresent(job -> undone.add(Execution.failed(run.id(), job, UNDONE)));
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

    private Execution answered(
            RunStore.Unfinished run, Job job, List<TaskRun> tasks, Map<UUID, TransactionResult> answers) {
        Set<String> terminals = RunProgress.terminals(job.spec().header().pipeline());
        List<TaskRun> changed = new ArrayList<>();
        for (TaskRun task : tasks) {
            Optional<TransactionResult> answer =
                    Optional.ofNullable(answers.get(task.id())).filter(any -> task.isPending());
            changed.add(
                    answer.map(result -> task.settled(taskResult(result, terminals.contains(task.dotId())), time.now()))
                            .orElse(task));
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
