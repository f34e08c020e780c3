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
import java.util.Set;
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

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration PAGE_PAUSE = Duration.ofMillis(20);

    private final Database database;
    private final RunRetention retention;
    private final TimeSource time;
    private final Map<Integer, Long> successes = new ConcurrentHashMap<>();
    private final Set<Integer> full = ConcurrentHashMap.newKeySet();
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
                full.add(job);
            }
        }
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
                for (int job : Set.copyOf(full)) {
                    full.remove(job);
                    reap(() -> deleteTooMany(job));
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

    /** Of a job's successful runs the oldest, beyond those that are kept. */
    long deleteTooMany(int job) throws InterruptedException {
        Optional<Long> newest = database.read(sql -> sql.createQuery("""
                        SELECT id FROM carabiner.runs WHERE job_id = :job AND state = 'completed'
                        ORDER BY id DESC OFFSET :kept LIMIT 1""")
                .bind("job", job)
                .bind("kept", retention.maxSuccessfulRuns())
                .mapTo(Long.class)
                .findOne());
        return newest.isEmpty()
                ? 0
                : inPages(tx -> tx.sql()
                        .createUpdate("""
                        DELETE FROM carabiner.runs WHERE id IN (
                            SELECT id FROM carabiner.runs WHERE job_id = :job AND state = 'completed' AND id <= :newest
                            ORDER BY id LIMIT :page)""")
                        .bind("job", job)
                        .bind("newest", newest.get())
                        .bind("page", PAGE_SIZE)
                        .execute());
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
        int deleted;
        do {
            deleted = database.<Integer>write(page::applyAsInt);
            all += deleted;
            time.sleep(PAGE_PAUSE);
        } while (deleted >= enough);
        return all;
    }

    /** Stops. */
    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
