package io.carabiner.jobs;

import io.carabiner.database.Database;
import io.carabiner.database.DatabaseException;
import io.carabiner.database.WriteTransaction;
import io.carabiner.pipeline.RunOutcome;
import io.carabiner.pipeline.RunState;
import io.carabiner.pipeline.Variables;
import io.carabiner.telemetry.JobMessages;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes runs of jobs: what every {@link JobService} is given. Safe for use by many threads.
 *
 * <p>A run is stored before it is executed. Its execution survives a restart, waits for transactions and async bridges,
 * and is stored together with what it wants sent.
 */
public final class RunStarter {

    private final Database database;
    private final RunExecutor executor;
    private final Runs runs;
    private final JobMessages messages = new JobMessages();

    RunStarter(Database database, RunExecutor executor, Runs runs) {
        this.database = database;
        this.executor = executor;
        this.runs = runs;
    }

    /**
     * Stores runs, all in one transaction, and begins to execute them. Returns when they are stored.
     *
     * @return their ids in the order given, without those whose job was deleted
     * @throws io.carabiner.database.DatabaseException if they could not be stored: there is none of them then, but see
     *     {@link Database#write} for a commit that is unknown
     */
    public List<Long> start(List<NewRun> wanted) {
        try {
            return database.write(tx -> start(tx, wanted));
        } catch (DatabaseException e) {
            recover();
            throw e;
        }
    }

    /** The same in a transaction of the caller: the runs are executed once it has been committed. */
    public List<Long> start(WriteTransaction tx, List<NewRun> wanted) {
        List<StoredRun> stored = RunStore.insert(tx, wanted);
        tx.afterCommit(() -> executor.submitAll(stored));
        return stored.stream().map(StoredRun::id).toList();
    }

    /**
     * Executes every stored run that is not under way: for a caller whose commit broke and turned out to be done.
     * Returns at once.
     */
    public void recover() {
        executor.fetchSoon();
    }

    /**
     * Waits until a run has ended or is suspended.
     *
     * @param patience how long to wait at most
     * @return the run as it is then; empty if there is none: it was pruned, failed early, or its job was deleted
     * @throws InterruptedException if the thread is told to stop meanwhile; the run goes on
     */
    public Optional<RunView> await(long runId, Duration patience) throws InterruptedException {
        executor.awaitStored(runId, patience, () -> runs.find(runId)
                .filter(run -> run.state().equals(Execution.Status.RUNNING.externalName()))
                .isPresent());
        return runs.find(runId);
    }

    /**
     * Executes a job's tasks without storing anything, for jobs that look at the answer before they decide. The job's
     * type must not support async tasks.
     *
     * @throws InterruptedException if the thread is told to stop
     */
    public RunOutcome evaluate(Job job, Variables variables) throws InterruptedException {
        return executor.evaluate(job, variables);
    }

    /**
     * Stores what {@link #evaluate} brought as a run that has ended, in a transaction of the caller.
     *
     * @return the run's id; empty if the job was deleted meanwhile
     * @throws IllegalArgumentException if the outcome waits for something
     */
    public Optional<Long> record(WriteTransaction tx, NewRun run, RunOutcome outcome) {
        if (outcome.state() == RunState.SUSPENDED || !outcome.transactions().isEmpty()) {
            throw new IllegalArgumentException("only a run that has ended can be recorded");
        }
        List<StoredRun> stored = RunStore.insert(tx, List.of(run));
        stored.forEach(row -> executor.record(tx, Execution.of(row.id(), run.job(), outcome)));
        return stored.stream().map(StoredRun::id).findFirst();
    }

    /** Records and reports that a job cannot work, the same text once with its number of occurrences. */
    public void jobFailed(Job job, String description) {
        messages.failed(job.id(), description);
        database.execute(tx -> JobStore.recordError(tx, job.id(), description));
    }
}
