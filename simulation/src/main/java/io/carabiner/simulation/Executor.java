package io.carabiner.simulation;

import io.carabiner.database.SimulatedJournal;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import io.carabiner.txm.SimulatedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Executes runs and stores what they want sent, as {@code jobs.RunExecutor} and {@code jobs.RunWriter} do. */
final class Executor {

    private final Random random;
    private final SimulatedJournal journal;
    private final JobRows jobs;
    private final SimulatedRows transactions;
    private final List<Address> keys;
    private final PlantedBug bug;
    private final Consumer<Address> wake;
    private final TreeSet<Long> held = new TreeSet<>();
    private int nextKey;

    Executor(
            Random random,
            SimulatedJournal journal,
            JobRows jobs,
            SimulatedRows transactions,
            List<Address> keys,
            PlantedBug bug,
            Consumer<Address> wake) {
        this.random = random;
        this.journal = journal;
        this.jobs = jobs;
        this.transactions = transactions;
        this.keys = keys;
        this.bug = bug;
        this.wake = wake;
    }

    void submit(List<Long> runs) {
        held.addAll(runs);
    }

    /** Takes what stands as running in the database. */
    void recover() {
        jobs.runs().stream()
                .filter(run -> run.state() == JobRows.RunState.RUNNING)
                .forEach(run -> held.add(run.id()));
    }

    int heldCount() {
        return held.size();
    }

    /** Executes some of the runs and stores their outcomes together. */
    void step() {
        List<Long> group = held.stream().filter(run -> random.nextInt(4) > 0).toList();
        if (group.isEmpty()) {
            return;
        }
        if (bug == PlantedBug.WISH_APART_FROM_RUN) {
            group.forEach(run -> journal.write(() -> queue(jobs.run(run), "-" + random.nextLong())));
        }
        List<Address> woken = new ArrayList<>();
        journal.write(() -> {
            for (long id : group) {
                JobRows.Run run = jobs.run(id);
                if (run.state() == JobRows.RunState.RUNNING) {
                    jobs.update(outcome(run, woken));
                }
            }
            journal.afterCommit(() -> woken.forEach(wake));
        });
        // Also those whose outcome was stored by an earlier try whose answer was lost.
        group.forEach(held::remove);
    }

    private JobRows.Run outcome(JobRows.Run run, List<Address> woken) {
        if (jobs.obstacle(run).isPresent()) {
            return run.in(JobRows.RunState.ERRORED);
        }
        if (bug != PlantedBug.WISH_APART_FROM_RUN) {
            woken.add(queue(run, ""));
        }
        return run.in(JobRows.RunState.SUSPENDED);
    }

    private Address queue(JobRows.Run run, String suffix) {
        Address key = keys.get(nextKey++ % keys.size());
        Hash32 request = run.request();
        OptionalInt confirmations =
                random.nextInt(4) == 0 ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(3));
        transactions.enqueue(
                key,
                TrueChain.CONTRACT,
                request.bytes(),
                confirmations,
                run.task(),
                "run-" + run.id() + "-send" + suffix);
        return key;
    }
}
