package io.carabiner.jobs.cron;

import io.carabiner.database.Database;
import io.carabiner.database.DatabaseException;
import io.carabiner.database.FencedException;
import io.carabiner.jobs.Job;
import io.carabiner.jobs.NewRun;
import io.carabiner.jobs.RunStarter;
import io.carabiner.jobs.cron.Agenda.Due;
import io.carabiner.jobs.cron.Agenda.Tick;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.JobMessages;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ticks for all cron jobs: one thread looks at each whole second what is due and stores a run for each, all in one
 * transaction. Due times follow from the schedules, never from when a thread woke: there is no drift.
 */
final class CronScheduler implements AutoCloseable {

    /** How many runs one transaction stores. */
    static final int GROUP_MAX = 1_000;

    /** The pause before ticks that could not be stored are tried again. */
    private static final Duration RETRY_PAUSE = Duration.ofMillis(250);

    private final Database database;
    private final TimeSource time;
    private final Agenda agenda = new Agenda();
    private final JobMessages messages = new JobMessages();
    private @Nullable Thread thread;

    /** How many groups have been stored, as the thread knows it. */
    private long groups;

    CronScheduler(Database database, TimeSource time) {
        this.database = database;
        this.time = time;
    }

    synchronized void add(Job job, CronSpec spec, RunStarter starter) {
        agenda.add(job, spec, time.now());
        begin(starter);
    }

    synchronized void replace(Job job, CronSpec spec, RunStarter starter) {
        agenda.replace(job, spec, time.now());
        begin(starter);
    }

    private void begin(RunStarter starter) {
        if (thread == null) {
            thread = Thread.ofVirtual().name("cron").start(() -> tick(starter));
        }
    }

    synchronized void remove(Job job) {
        agenda.remove(job);
    }

    /** Schedules know whole seconds only: who was added since the last one is due at the next at the earliest. */
    private void tick(RunStarter starter) {
        try {
            groups = database.read(CronTicks::number);
            while (true) {
                time.sleep(untilNextSecond());
                run(due(), starter);
            }
        } catch (InterruptedException | FencedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration untilNextSecond() {
        Instant now = time.now();
        return Duration.between(now, now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
    }

    private synchronized Due due() {
        return agenda.take(time.now());
    }

    private void run(Due due, RunStarter starter) throws InterruptedException {
        due.skipped().forEach((jobId, first) -> messages.cronTicksSkipped(jobId, first));
        List<Tick> ticks = due.ticks();
        for (int from = 0; from < ticks.size(); from += GROUP_MAX) {
            store(ticks.subList(from, Math.min(ticks.size(), from + GROUP_MAX)), starter);
        }
    }

    /**
     * Ticks that cannot be stored now are stored later; the number of groups tells whether an unclear commit was done.
     */
    private void store(List<Tick> group, RunStarter starter) throws InterruptedException {
        List<NewRun> wanted =
                group.stream().map(tick -> CronRun.of(tick.job(), tick.spec())).toList();
        boolean unclear = false;
        while (true) {
            try {
                if (unclear && database.read(CronTicks::number) > groups) {
                    groups++;
                    starter.recover();
                    return;
                }
                groups = database.write(tx -> {
                    CronTicks.advance(tx);
                    starter.start(tx, wanted);
                    return CronTicks.number(tx.sql());
                });
                return;
            } catch (FencedException e) {
                throw e;
            } catch (DatabaseException e) {
                if (!e.isPassing()) {
                    messages.cronTicksLost(group.size(), String.valueOf(e.getMessage()));
                    return;
                }
                unclear = true;
                messages.cronTicksNotStoredYet(group.size(), String.valueOf(e.getMessage()));
                time.sleep(RETRY_PAUSE);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
