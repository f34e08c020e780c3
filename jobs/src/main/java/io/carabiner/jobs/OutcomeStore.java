package io.carabiner.jobs;

import io.carabiner.database.WriteTransaction;
import io.carabiner.pipeline.TaskResult;
import io.carabiner.pipeline.TaskRun;
import io.carabiner.pipeline.TransactionIntent;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import io.carabiner.txm.EnqueueOutcome;
import io.carabiner.txm.SendingOptions;
import io.carabiner.txm.TransactionRequest;
import io.carabiner.txm.Txm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Stores a group of outcomes in one transaction: the wishes for transactions first, then the runs, so that a run and
 * its transaction exist together or not at all.
 */
final class OutcomeStore {

    /** One wish, and the run it comes from. */
    private record Wish(Execution run, TransactionIntent intent) {}

    private final Function<ChainId, Optional<Txm>> managers;
    private final EarlyAnswers early;
    private final TimeSource time;
    private final RunMetrics metrics;
    private final RunReaper reaper;

    OutcomeStore(
            Function<ChainId, Optional<Txm>> managers,
            EarlyAnswers early,
            TimeSource time,
            RunMetrics metrics,
            RunReaper reaper) {
        this.managers = managers;
        this.early = early;
        this.time = time;
        this.metrics = metrics;
        this.reaper = reaper;
    }

    /** The runs as they were stored, in the order of the group. A run that is gone or finished is left as it is. */
    List<Execution> store(WriteTransaction tx, List<Execution> group) {
        Map<Long, RunStore.Unfinished> standing =
                RunStore.lockUnfinished(tx, group.stream().map(Execution::runId).toList(), "running");
        List<Execution> wanted = new ArrayList<>();
        for (Execution run : group) {
            Optional.ofNullable(standing.get(run.runId())).ifPresent(row -> wanted.add(allowed(run, row)));
        }
        Map<Long, Execution> stored = new LinkedHashMap<>();
        enqueue(tx, wanted).forEach(run -> stored.put(run.runId(), withEarlyAnswers(tx, run)));
        write(tx, List.copyOf(stored.values()));
        return group.stream()
                .map(run -> stored.getOrDefault(run.runId(), gone(run)))
                .toList();
    }

    /** A bridge may answer before its run is stored. */
    private Execution withEarlyAnswers(WriteTransaction tx, Execution run) {
        Map<UUID, TaskResult> answers =
                run.status() == Execution.Status.SUSPENDED ? early.of(run.taskRuns()) : Map.of();
        if (answers.isEmpty()) {
            return run;
        }
        tx.afterCommit(() -> answers.keySet().forEach(early::forget));
        return run.withTaskRuns(run.taskRuns().stream()
                .map(task -> answers.containsKey(task.id()) ? task.settled(answers.get(task.id()), time.now()) : task)
                .toList());
    }

    private static Execution gone(Execution run) {
        return Execution.failed(run.runId(), run.job(), "the run is gone or finished");
    }

    /** A run whose request does not stand any more sends nothing. */
    private static Execution allowed(Execution run, RunStore.Unfinished row) {
        return row.obstacle()
                .filter(reason -> !run.transactions().isEmpty())
                .map(reason -> Execution.failed(run.runId(), run.job(), reason))
                .orElse(run);
    }

    void write(WriteTransaction tx, List<Execution> runs) {
        if (runs.isEmpty()) {
            return;
        }
        List<Execution> kept = runs.stream().filter(run -> !run.failedEarly()).toList();
        RunStore.delete(
                tx,
                runs.stream()
                        .filter(Execution::failedEarly)
                        .map(Execution::runId)
                        .toList());
        RunStore.update(tx, kept);
        RunStore.upsertTaskRuns(tx, kept);
        RunStore.releaseOffChain(tx, kept);
        tx.afterCommit(() -> kept.forEach(run -> {
            metrics.stored(run);
            reaper.stored(run);
        }));
    }

    private List<Execution> enqueue(WriteTransaction tx, List<Execution> runs) {
        Map<ChainId, List<Wish>> wishes = new HashMap<>();
        for (Execution run : runs) {
            for (TransactionIntent intent : run.transactions()) {
                wishes.computeIfAbsent(intent.chainId(), chain -> new ArrayList<>())
                        .add(new Wish(run, intent));
            }
        }
        Map<UUID, String> refused = new HashMap<>();
        wishes.forEach((chain, ofChain) -> enqueueOn(tx, chain, ofChain, refused));
        return runs.stream().map(run -> withRefusals(run, refused)).toList();
    }

    private void enqueueOn(WriteTransaction tx, ChainId chain, List<Wish> wishes, Map<UUID, String> refused) {
        Optional<Txm> manager = managers.apply(chain);
        if (manager.isEmpty()) {
            wishes.forEach(wish -> refused.put(wish.intent().taskRunId(), "chain id does not exist: " + chain));
            return;
        }
        List<EnqueueOutcome> outcomes = manager.get()
                .enqueueAll(tx, wishes.stream().map(OutcomeStore::request).toList());
        for (int i = 0; i < outcomes.size(); i++) {
            UUID task = wishes.get(i).intent().taskRunId();
            switch (outcomes.get(i)) {
                case EnqueueOutcome.Queued ignored -> {}
                case EnqueueOutcome.AlreadyThere ignored -> {}
                case EnqueueOutcome.Refused(String code, String reason) ->
                    refused.put(task, "while creating transaction: " + reason + ": task run failed");
            }
        }
    }

    /** The key names the wish for ever: however often the run is executed, one transaction comes of it. */
    private static TransactionRequest request(Wish wish) {
        TransactionIntent intent = wish.intent();
        String task = wish.run().taskRuns().stream()
                .filter(run -> run.id().equals(intent.taskRunId()))
                .map(TaskRun::dotId)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a transaction of no task: " + intent.taskRunId()));
        return new TransactionRequest(
                intent.fromCandidates(),
                intent.to(),
                intent.data(),
                Wei.ZERO,
                intent.gasLimit(),
                intent.minConfirmations(),
                intent.failOnRevert(),
                Optional.of(intent.metaJson()),
                Optional.of(intent.taskRunId()),
                Optional.of("run-" + wish.run().runId() + "-" + task),
                new SendingOptions(intent.forwardingAllowed(), List.of(), Optional.empty()));
    }

    private Execution withRefusals(Execution run, Map<UUID, String> refused) {
        if (run.transactions().stream().noneMatch(intent -> refused.containsKey(intent.taskRunId()))) {
            return run;
        }
        List<TaskRun> changed = new ArrayList<>();
        for (TaskRun task : run.taskRuns()) {
            String reason = refused.get(task.id());
            changed.add(reason == null ? task : task.settled(new TaskResult.Failure(reason), time.now()));
        }
        return run.withTaskRuns(changed);
    }
}
