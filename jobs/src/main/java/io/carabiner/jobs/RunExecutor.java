package io.carabiner.jobs;

import io.carabiner.database.Database;
import io.carabiner.database.DatabaseException;
import io.carabiner.database.WriteTransaction;
import io.carabiner.pipeline.Pipeline;
import io.carabiner.pipeline.PipelineRunner;
import io.carabiner.pipeline.RunContext;
import io.carabiner.pipeline.RunOutcome;
import io.carabiner.pipeline.TaskRun;
import io.carabiner.pipeline.Variables;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.JobMessages;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Executes runs, each on a virtual thread of its own, a bounded number at once. What it cannot take stays in the
 * database and is fetched when there is room. Thread-safe.
 */
final class RunExecutor implements AutoCloseable {

    /** How many runs are executed at the same time; the others wait. */
    static final int RUNS_PARALLEL_MAX = 256;

    /** How many runs are held in memory, executed or waiting. */
    static final int RUNS_HELD_MAX = 10_000;

    /** How long a run may stand in the database without anybody here knowing of it. */
    static final Duration RECOVER_EVERY = Duration.ofSeconds(30);

    private final Database database;
    private final StoredSpecs jobs;
    private final PipelineRunner runner;
    private final RunWriter writer;
    private final OutcomeStore outcomes;
    private final JobMessages messages = new JobMessages();
    private final Semaphore parallel = new Semaphore(RUNS_PARALLEL_MAX);
    private final Set<Long> held = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Waiters waiters = new Waiters();
    private final AtomicInteger asyncUnderWay = new AtomicInteger();
    private final AtomicBoolean leftBehind = new AtomicBoolean();
    private volatile boolean closed;

    RunExecutor(Database database, StoredSpecs jobs, PipelineRunner runner, RunWriter writer, OutcomeStore outcomes) {
        this.database = database;
        this.jobs = jobs;
        this.runner = runner;
        this.writer = writer;
        this.outcomes = outcomes;
    }

    /** Takes runs that have never been executed. Returns at once. */
    void submitAll(List<StoredRun> runs) {
        for (StoredRun run : runs) {
            submit(run, List.of());
        }
    }

    private void submit(StoredRun run, List<TaskRun> stored) {
        if (held.size() >= RUNS_HELD_MAX) {
            if (leftBehind.compareAndSet(false, true)) {
                messages.runsLeftBehind(RUNS_HELD_MAX);
            }
            return;
        }
        if (!closed && held.add(run.id())) {
            start("run-" + run.id(), () -> executeHeld(run, stored));
        }
    }

    private void start(String name, Runnable work) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        if (!closed) {
            thread.start();
        }
    }

    /** Takes a run that was suspended and can go on. Returns at once. */
    void resume(long runId) {
        start(
                "resume-" + runId,
                () -> fetch(sql -> RunStore.running(sql, runId).stream().toList()));
    }

    /** Takes every run that stands as running in the database and is not held here. */
    void recover() {
        List<StoredRun> found = fetch(sql -> RunStore.running(sql, RUNS_HELD_MAX));
        if (!found.isEmpty()) {
            messages.runsRecovered(found.size());
        }
        if (found.size() == RUNS_HELD_MAX) {
            leftBehind.set(true);
        }
    }

    /**
     * Looks again now and then until it is closed: who stored a run and never heard that it was stored does not hand it
     * over.
     */
    void recoverRegularly(TimeSource time) {
        start("recover-regularly", () -> {
            try {
                while (!closed) {
                    time.sleep(RECOVER_EVERY);
                    recover();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** When the database cannot answer now, the runs stay there and are fetched later. */
    private List<StoredRun> fetch(Function<Handle, List<StoredRun>> query) {
        try {
            List<StoredRun> found = database.read(query);
            List<StoredRun> fresh =
                    found.stream().filter(run -> !held.contains(run.id())).toList();
            List<Long> ids = fresh.stream().map(StoredRun::id).toList();
            Map<Long, List<TaskRun>> taskRuns = database.read(sql -> RunStore.taskRuns(sql, ids));
            fresh.forEach(run -> submit(run, taskRuns.getOrDefault(run.id(), List.of())));
            return fresh;
        } catch (DatabaseException e) {
            leftBehind.set(true);
            messages.runsNotFetched(String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    /** Waits until a run was stored as ended or suspended. */
    void awaitStored(long runId, Duration patience, BooleanSupplier isRunning) throws InterruptedException {
        waiters.await(runId, patience, isRunning);
    }

    /** Executes a job's tasks; nothing is stored. */
    RunOutcome evaluate(Job job, Variables variables) throws InterruptedException {
        parallel.acquire();
        try {
            return runner.run(job.spec().header().pipeline(), variables, context(job));
        } finally {
            parallel.release();
        }
    }

    /** Stores what became of a run that was executed elsewhere. */
    void record(WriteTransaction tx, Execution run) {
        outcomes.write(tx, List.of(run));
    }

    /** Fetches what stands as running in the database and is not held. Returns at once. */
    void fetchSoon() {
        leftBehind.set(true);
        fetchLeftBehind();
    }

    /** Fetches what was left in the database, when there is room again. Returns at once. */
    void fetchLeftBehind() {
        if (leftBehind.get() && held.size() < RUNS_HELD_MAX / 2 && leftBehind.compareAndSet(true, false)) {
            start("recover", this::recover);
        }
    }

    private void executeHeld(StoredRun run, List<TaskRun> stored) {
        Optional<Job> job = job(run);
        if (job.isEmpty()) {
            held.remove(run.id());
            return;
        }
        boolean async = hasAsyncBridge(job.get());
        asyncUnderWay.addAndGet(async ? 1 : 0);
        try {
            writer.put(executeWithPermit(run, job.get(), stored), execution -> stored(execution, async));
        } catch (InterruptedException e) {
            asyncUnderWay.addAndGet(async ? -1 : 0);
            Thread.currentThread().interrupt();
        }
    }

    /** When the database cannot answer now, the run stays there and is fetched later. */
    private Optional<Job> job(StoredRun run) {
        try {
            return jobs.find(run.jobId(), run.jobVersion());
        } catch (DatabaseException e) {
            leftBehind.set(true);
            messages.runsNotFetched(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static boolean hasAsyncBridge(Job job) {
        return job.spec().header().pipeline().tasks().stream()
                .anyMatch(task ->
                        task.type().equals("bridge") && task.attribute("async").equals("true"));
    }

    /** Whether a run is under way whose bridge may answer before the run is stored. */
    boolean hasAsyncUnderWay() {
        return asyncUnderWay.get() > 0;
    }

    /** The outcome is in the database: the run is not held any more, or goes on. */
    private void stored(Execution execution, boolean async) {
        asyncUnderWay.addAndGet(async ? -1 : 0);
        held.remove(execution.runId());
        if (execution.status() == Execution.Status.RUNNING) {
            resume(execution.runId());
        } else {
            waiters.happened(execution.runId());
        }
        fetchLeftBehind();
    }

    private Execution executeWithPermit(StoredRun run, Job job, List<TaskRun> stored) throws InterruptedException {
        parallel.acquire();
        try {
            return execute(run, job, stored);
        } catch (RuntimeException e) {
            messages.runBroken(run.id(), job.id(), e);
            return Execution.failed(run.id(), job, "the run could not be executed: " + e);
        } finally {
            parallel.release();
        }
    }

    private Execution execute(StoredRun run, Job job, List<TaskRun> stored) throws InterruptedException {
        Variables variables = Variables.fromJson(run.inputsJson());
        RunContext context = context(job);
        Pipeline pipeline = job.spec().header().pipeline();
        RunOutcome outcome = stored.isEmpty()
                ? runner.run(pipeline, variables, context)
                : runner.resume(pipeline, variables, stored, context);
        return Execution.of(run.id(), job, outcome);
    }

    /** What a run's tasks may know of the job. */
    static RunContext context(Job job) {
        JobHeader header = job.spec().header();
        return new RunContext(
                job.id(),
                job.nameOrEmpty(),
                job.spec().type(),
                header.gasLimit(),
                header.forwardingAllowed(),
                header.maxTaskDuration());
    }

    /**
     * Stops executing. What was under way stands as running in the database and is executed again at the next start.
     */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }
}
