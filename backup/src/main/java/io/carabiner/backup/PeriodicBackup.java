package io.carabiner.backup;

import io.carabiner.config.BackupMode;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.BackupMessages;
import io.carabiner.telemetry.HealthStatus;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes a backup every {@code Database.Backup.Frequency} while the node runs. One that fails is told and leaves the
 * former one in place. Closing ends it, and a {@code pg_dump} that is at work.
 */
public final class PeriodicBackup implements AutoCloseable {

    private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

    private final BackupPlan plan;
    private final TimeSource time;
    private final BackupMessages messages = new BackupMessages();
    private final AtomicReference<HealthStatus> health = new AtomicReference<>(HealthStatus.PASSING);
    private final Thread thread;

    private PeriodicBackup(BackupPlan plan, TimeSource time) {
        this.plan = plan;
        this.time = time;
        this.thread = Thread.ofVirtual().name("backup").unstarted(this::work);
    }

    /** Starts it; it does nothing where the plan asks for none. */
    public static PeriodicBackup start(BackupPlan plan, TimeSource time) {
        PeriodicBackup backup = new PeriodicBackup(plan, time);
        if (plan.mode() != BackupMode.NONE && !plan.frequency().isZero()) {
            backup.thread.start();
        }
        return backup;
    }

    /** Whether the last one was made. */
    public HealthStatus health() {
        return health.get();
    }

    private void work() {
        try {
            while (true) {
                time.sleep(plan.frequency());
                attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() throws InterruptedException {
        try {
            new DatabaseBackup(plan, time).make(plan.program());
            health.set(HealthStatus.PASSING);
        } catch (BackupException e) {
            String reason = String.valueOf(e.getMessage());
            messages.failed(reason);
            health.set(HealthStatus.failing("the last backup failed: " + reason));
        }
    }

    @Override
    public void close() {
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(ENDS_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
