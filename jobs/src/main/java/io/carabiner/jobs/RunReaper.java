package io.carabiner.jobs;

import io.carabiner.database.Database;
import io.carabiner.database.DatabaseException;
import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.JobMessages;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Deletes runs that nobody needs any more: those that ended long ago, more successful ones of a job than are kept, and
 * those of jobs that were deleted, in this process or an earlier one.
 * Works in pages, each a transaction of its own with a pause behind it, so that it never holds up the others. One
 * thread owns the deleting; anybody may report.
 */
final class RunReaper implements AutoCloseable {

    /** How many runs one transaction deletes. */
    static final int PAGE_SIZE = 500;

    /**
     * How long a successful run is kept at least, also where {@code MaxSuccessfulRuns} is 0: whoever waits for its end
     * reads it then.
     */
    static final Duration KEPT_MIN = Duration.ofSeconds(10);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration PAGE_PAUSE = Duration.ofMillis(20);

    private final Database database;
    private final RunRetention retention;
    private final TimeSource time;
    private final Map<Integer, Long> successes = new ConcurrentHashMap<>();
    /** Jobs with more successful runs than are kept, and the monotonic time from which they are looked at. */
    private final Map<Integer, Long> full = new ConcurrentHashMap<>();

    private final AtomicBoolean jobsDeleted = new AtomicBoolean(true);
    private final JobMessages messages = new JobMessages();
    private @Nullable Thread thread;

    RunReaper(Database database, RunRetention retention, TimeSource time) {
        this.database = database;
        this.retention = retention;
        this.time = time;
    }

    /** Begins; the first look for old runs is at once, as in the Go node. */
    void start() {
        thread = Thread.ofVirtual().name("run-reaper").start(this::reapUntilStopped);
    }

    /** A run was stored; called after the commit. */
    void stored(Execution run) {
        if (run.status() == Execution.Status.COMPLETED) {
            int job = run.job().id();
            if (successes.merge(job, 1L, Long::sum) >= retention.slack()) {
                successes.remove(job);
                lookLater(job);
            }
        }
    }

    private void lookLater(int job) {
        full.putIfAbsent(job, time.monotonicNanos() + KEPT_MIN.toNanos());
    }

    /** A job was deleted; called after the commit. */
    void jobDeleted() {
        jobsDeleted.set(true);
    }

    private void reapUntilStopped() {
        try {
            long nextByAge = time.monotonicNanos();
            while (true) {
                if (!retention.interval().isZero() && time.monotonicNanos() - nextByAge >= 0) {
                    nextByAge = time.monotonicNanos() + retention.interval().toNanos();
                    reap(() -> deleteOlderThan(time.now().minus(retention.threshold())));
                }
                for (Map.Entry<Integer, Long> due : Map.copyOf(full).entrySet()) {
                    if (time.monotonicNanos() - due.getValue() >= 0) {
                        full.remove(due.getKey());
                        reap(() -> deleteTooMany(due.getKey()));
                    }
                }
                if (jobsDeleted.get()) {
                    reap(this::removeDeletedJobs);
                }
                time.sleep(LOOK_EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Work {
        long run() throws InterruptedException;
    }

    /** What cannot be deleted now is deleted at the next look. */
    private void reap(Work work) throws InterruptedException {
        try {
            long deleted = work.run();
            if (deleted > 0) {
                messages.runsReaped(deleted);
            }
        } catch (DatabaseException e) {
            messages.runsNotReaped(String.valueOf(e.getMessage()));
        }
    }

    /** Runs that ended before a time. */
    long deleteOlderThan(Instant time) throws InterruptedException {
        return inPages(tx -> tx.sql()
                .createUpdate("""
                        DELETE FROM carabiner.runs WHERE id IN (
                            SELECT id FROM carabiner.runs WHERE created_at < :time AND finished_at < :time LIMIT :page)
                        """)
                .bind("time", time.atOffset(ZoneOffset.UTC))
                .bind("page", PAGE_SIZE)
                .execute());
    }

    /** Of a job's successful runs the oldest, beyond those that are kept; young ones are left for a later look. */
    long deleteTooMany(int job) throws InterruptedException {
        Optional<Surplus> surplus = database.read(sql -> sql.createQuery("""
                        SELECT max(id) FILTER (WHERE finished_at < now() - :young * interval '1 second') AS newest,
                            bool_or(finished_at >= now() - :young * interval '1 second') AS young
                        FROM (SELECT id, finished_at FROM carabiner.runs WHERE job_id = :job AND state = 'completed'
                            ORDER BY id DESC OFFSET :kept) r HAVING count(*) > 0""")
                .bind("job", job)
                .bind("kept", retention.maxSuccessfulRuns())
                .bind("young", KEPT_MIN.toSeconds())
                .map((row, context) -> new Surplus(row.getLong("newest"), row.getBoolean("young")))
                .findOne());
        surplus.filter(Surplus::young).ifPresent(any -> lookLater(job));
        return surplus.isEmpty()
                ? 0
                : inPages(tx -> deletePage(tx, job, surplus.get().newest()));
    }

    /**
     * The runs beyond those that are kept.
     *
     * @param newest the highest number among those that may go; 0 if none may yet
     * @param young whether there are some that may not yet
     */
    private record Surplus(long newest, boolean young) {}

    private static int deletePage(WriteTransaction tx, int job, long newest) {
        return tx.sql()
                .createUpdate("""
                        DELETE FROM carabiner.runs WHERE id IN (
                            SELECT id FROM carabiner.runs WHERE job_id = :job AND state = 'completed' AND id <= :newest
                                AND finished_at < now() - :young * interval '1 second'
                            ORDER BY id LIMIT :page)""")
                .bind("job", job)
                .bind("newest", newest)
                .bind("young", KEPT_MIN.toSeconds())
                .bind("page", PAGE_SIZE)
                .execute();
    }

    /** What belonged to jobs that were deleted; goes on where an earlier process stopped. */
    long removeDeletedJobs() throws InterruptedException {
        jobsDeleted.set(false);
        try {
            long all = 0;
            Optional<Integer> job = database.write(DeletedJobs::next);
            while (job.isPresent()) {
                int id = job.get();
                all += inPages(tx -> DeletedJobs.removePage(tx, id, PAGE_SIZE), 1);
                job = database.write(DeletedJobs::next);
            }
            return all;
        } catch (DatabaseException e) {
            jobsDeleted.set(true);
            throw e;
        }
    }

    private long inPages(ToIntFunction<WriteTransaction> page) throws InterruptedException {
        return inPages(page, PAGE_SIZE);
    }

    /** @param enough a page with fewer rows is the last */
    private long inPages(ToIntFunction<WriteTransaction> page, int enough) throws InterruptedException {
        long all = 0;
        while (true) {
            int deleted = database.<Integer>write(page::applyAsInt);
            all += deleted;
            if (deleted < enough) {
                return all;
            }
            time.sleep(PAGE_PAUSE);
        }
    }

    /** Stops. */
    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
