package io.carabiner.database;

import io.carabiner.database.DatabaseSettings.LeaseSettings;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.DatabaseMessages;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lease this process holds: renewed on a thread of its own, and given up by the own monotonic clock before another
 * process may take it.
 *
 * <p>Thread-safe.
 */
final class Lease implements AutoCloseable {

    /** The own clock gives up this much earlier than the database: a tenth of the duration. */
    private static final int MARGIN_DIVISOR = 10;

    /**
     * How often the holder looks whether its session is open. A waiting process takes its end for the holder's end
     * after {@link LeaseDecision#SESSION_ENDED_SIGHTINGS_MIN} looks, so a living holder must be quicker.
     */
    private static final Duration SESSION_LOOK_INTERVAL = Duration.ofMillis(50);

    private final LeaseSettings settings;
    private final TimeSource time;
    private final LeaseConnection connection;
    private final ProcessIdentity self;
    private final long epoch;
    private final Consumer<String> lost;
    private final DatabaseMessages messages = new DatabaseMessages();
    private final AtomicReference<@Nullable String> lostReason = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long heldUntilNanos;
    private @Nullable Thread renewing;
    private @Nullable Thread watching;
    private @Nullable Thread watchingSession;

    Lease(
            LeaseSettings settings,
            TimeSource time,
            LeaseConnection connection,
            LeaseWait.Held held,
            Consumer<String> lost) {
        this.settings = settings;
        this.time = time;
        this.connection = connection;
        this.self = held.self();
        this.epoch = held.epoch();
        this.heldUntilNanos = held.askedAtNanos() + holdNanos();
        this.lost = lost;
    }

    /** Begins to renew and to watch the own clock. */
    void start() {
        renewing = Thread.ofVirtual().name("database-lease-renew").start(this::renewUntilClosed);
        watching = Thread.ofVirtual().name("database-lease-watch").start(this::watchUntilClosed);
        watchingSession = Thread.ofVirtual().name("database-lease-session").start(this::watchSessionUntilClosed);
    }

    long epoch() {
        return epoch;
    }

    ProcessIdentity self() {
        return self;
    }

    boolean held() {
        return lostReason.get() == null && !closed.get() && time.monotonicNanos() - heldUntilNanos < 0;
    }

    /** Throws unless the lease is held by this process's own reckoning. */
    void check() {
        if (closed.get()) {
            throw new DatabaseException("DATABASE_CLOSED", "The database has been closed: the node is stopping.");
        }
        if (!held()) {
            lose("the lease could not be renewed in time");
            throw new FencedException(sentence());
        }
    }

    /** What a writer does that found another epoch in the database. */
    FencedException fenced() {
        lose("another node has taken the lease");
        return new FencedException(sentence());
    }

    private String sentence() {
        return "This node no longer holds the database lease (" + lostReason.get()
                + "): nothing was stored, and the node must be started again.";
    }

    private long holdNanos() {
        long nanos = settings.duration().toNanos();
        return nanos - nanos / MARGIN_DIVISOR;
    }

    private void renewUntilClosed() {
        try {
            while (running()) {
                time.sleep(settings.refreshInterval());
                if (running()) {
                    renew();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean running() {
        return !closed.get() && lostReason.get() == null;
    }

    /** One renewal; a failed one is reported and tried again until the own clock gives up. */
    synchronized void renew() {
        long askedAtNanos = time.monotonicNanos();
        try {
            OptionalInt session = connection.renew(epoch, self.client(), settings.duration());
            if (session.isEmpty()) {
                lose("another node has taken the lease");
            } else {
                heldUntilNanos = askedAtNanos + holdNanos();
            }
        } catch (SQLException e) {
            connection.drop();
            messages.leaseRenewalFailed(String.valueOf(e.getMessage()));
        }
    }

    private void watchUntilClosed() {
        try {
            while (running()) {
                long leftNanos = heldUntilNanos - time.monotonicNanos();
                if (leftNanos <= 0) {
                    lose("the lease could not be renewed in time");
                    return;
                }
                time.sleep(Duration.ofNanos(leftNanos));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watchSessionUntilClosed() {
        try {
            while (running()) {
                time.sleep(SESSION_LOOK_INTERVAL);
                renewIfSessionEnded();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void renewIfSessionEnded() {
        try {
            connection.checkOpen();
        } catch (SQLException e) {
            connection.drop();
            renew();
        }
    }

    private void lose(String reason) {
        if (!closed.get() && lostReason.compareAndSet(null, reason)) {
            messages.leaseLost(reason);
            Thread.ofVirtual().name("database-lease-lost").start(() -> lost.accept(reason));
        }
    }

    /** Ends the renewal and frees the lease, so that another process need not wait for it to expire. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        stop(renewing);
        stop(watching);
        stop(watchingSession);
        try {
            connection.release(epoch, self.client());
        } catch (SQLException e) {
            messages.leaseReleaseFailed(String.valueOf(e.getMessage()));
        }
        connection.drop();
    }

    private static void stop(@Nullable Thread thread) {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
