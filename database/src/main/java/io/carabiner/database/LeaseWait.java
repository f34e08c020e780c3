package io.carabiner.database;

import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.DatabaseMessages;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The start of a node, up to the lease: waits for the server, then for the lease, and says what it waits for. */
final class LeaseWait {

    /** PostgreSQL 12, as the number the server gives. */
    private static final int SERVER_VERSION_MIN = 120_000;

    /** The pause between two tries varies by up to this part, so that two waiting nodes do not step in time. */
    private static final int JITTER_DIVISOR = 10;

    /**
     * How often a waiting process looks at the lease; it also looks at the moment when it expires. Each look is one
     * statement that reads one row, and works behind any pooler, which a session that waits for a lock does not.
     */
    static final Duration LOOK_INTERVAL = Duration.ofMillis(100);

    /** The database counts the time left in whole milliseconds. */
    private static final Duration EXPIRY_ROUNDING = Duration.ofMillis(1);

    /**
     * The lease, just taken.
     *
     * @param askedAtNanos the own monotonic clock before the statement that took it was sent
     */
    record Held(ProcessIdentity self, long epoch, long askedAtNanos) {}

    private final DatabaseSettings settings;
    private final DatabaseUrl url;
    private final TimeSource time;
    private final LeaseConnection connection;
    private final ProcessIdentity self;
    private final Runnable serverFound;
    private final DatabaseMessages messages = new DatabaseMessages();
    private int endedSightings;
    private int looksHeldUp;
    private Duration left = Duration.ZERO;
    private @Nullable UUID endedHolder;

    /** @param serverFound called at each look, once the server answers and will do */
    LeaseWait(
            DatabaseSettings settings,
            DatabaseUrl url,
            TimeSource time,
            LeaseConnection connection,
            Runnable serverFound) {
        this.serverFound = serverFound;
        this.settings = settings;
        this.url = url;
        this.time = time;
        this.connection = connection;
        this.self = ProcessIdentity.current(settings.lease().rootDir());
    }

    Held untilHeld() throws InterruptedException {
        long startedNanos = time.monotonicNanos();
        int serverTries = 0;
        int lastTry = -1;
        while (true) {
            try {
                Optional<Held> held = tryOnce();
                if (held.isPresent()) {
                    messages.leaseTaken(held.get().epoch());
                    return held.get();
                }
                lastTry = sayThatItWaits(lastTry, startedNanos);
                time.sleep(untilNextLook());
            } catch (SQLException e) {
                connection.drop();
                waitOrRefuse(e, serverTries, startedNanos);
                serverTries++;
                pause();
            }
        }
    }

    /** Tries are counted as the Go node makes them, one a refresh interval; the looks in between are not told. */
    private int sayThatItWaits(int lastTry, long startedNanos) {
        long waitedNanos = time.monotonicNanos() - startedNanos;
        int tryCount =
                Math.toIntExact(waitedNanos / settings.lease().refreshInterval().toNanos());
        if (tryCount > lastTry && LeaseDecision.worthALine(tryCount)) {
            messages.waitingForLease(self.client().toString(), tryCount);
        }
        return tryCount;
    }

    private Duration untilNextLook() {
        Duration expiry = left.plus(EXPIRY_ROUNDING);
        return expiry.compareTo(LOOK_INTERVAL) < 0 ? expiry : LOOK_INTERVAL;
    }

    private Optional<Held> tryOnce() throws SQLException {
        Connection open = connection.connection();
        checkServer(open);
        serverFound.run();
        LeaseStore.create(open);
        long askedAtNanos = time.monotonicNanos();
        OptionalLong epoch = askForEpoch(open);
        return epoch.isPresent() ? Optional.of(new Held(self, epoch.getAsLong(), askedAtNanos)) : Optional.empty();
    }

    private OptionalLong askForEpoch(Connection open) throws SQLException {
        Optional<LeaseRow> row = LeaseStore.read(open);
        if (row.isEmpty()) {
            return LeaseStore.insert(open, self, settings.lease().duration());
        }
        left = row.get().left();
        countSighting(row.get());
        return switch (LeaseDecision.decide(row.get(), self, settings.lease().enabled(), endedSightings)) {
            case LeaseDecision.Take(LeaseDecision.Writers writers) -> takeUnlessBusy(open, row.get(), writers);
            case LeaseDecision.Wait() -> OptionalLong.empty();
        };
    }

    /**
     * A transaction under the old epoch may still be open: then this look ends without the lease, and a later one gets
     * it.
     */
    private OptionalLong takeUnlessBusy(Connection open, LeaseRow row, LeaseDecision.Writers writers)
            throws SQLException {
        OptionalLong epoch = takeUnlessLocked(open, row);
        if (epoch.isEmpty() && writers == LeaseDecision.Writers.END) {
            int ended = EpochMark.endSessions(open, row.epoch());
            if (LeaseDecision.worthALine(looksHeldUp++)) {
                messages.takeoverHeldUp(row.epoch(), ended);
            }
            return takeUnlessLocked(open, row);
        }
        return epoch;
    }

    private OptionalLong takeUnlessLocked(Connection open, LeaseRow row) throws SQLException {
        try {
            return LeaseStore.take(open, self, settings.lease().duration(), row);
        } catch (SQLException e) {
            if (SqlStates.lockNotAvailable(e)) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    private void countSighting(LeaseRow row) {
        boolean sameHolder = row.holder().client().equals(endedHolder);
        endedSightings = row.sessionEnded() ? (sameHolder ? endedSightings + 1 : 1) : 0;
        endedHolder = row.sessionEnded() ? row.holder().client() : null;
    }

    private static void checkServer(Connection open) throws SQLException {
        ServerFacts facts = ServerFacts.read(open);
        if (facts.version() < SERVER_VERSION_MIN) {
            throw new DatabaseException(
                    "DATABASE_TOO_OLD",
                    "The database server is PostgreSQL " + facts.version() / 10_000
                            + ": upgrade it to version 12 or newer.");
        }
        if (facts.replicaRole()) {
            throw new DatabaseException(
                    "DATABASE_REFUSED",
                    "The database runs with session_replication_role = replica, which switches off its checks: "
                            + "reset it for this user and database.");
        }
        if (facts.inRecovery()) {
            throw new SQLException("the server is a standby", "25006");
        }
    }

    private void waitOrRefuse(SQLException fault, int tries, long startedNanos) {
        switch (ConnectFault.of(fault, url)) {
            case ConnectFault.Refuse(DatabaseException reason) -> throw reason;
            case ConnectFault.Wait(String waitingFor) -> {
                if (time.monotonicNanos() - startedNanos > maxNanos()) {
                    throw new DatabaseException(
                            "DATABASE_UNREACHABLE",
                            "Waited in vain for " + waitingFor + ": start the server or correct Database.URL.",
                            fault);
                }
                if (LeaseDecision.worthALine(tries)) {
                    messages.waitingForServer(waitingFor, tries);
                }
            }
        }
    }

    private long maxNanos() {
        Duration max = settings.startWaitMax();
        return max.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0 ? Long.MAX_VALUE : max.toNanos();
    }

    private void pause() throws InterruptedException {
        long nanos = settings.lease().refreshInterval().toNanos();
        time.sleep(Duration.ofNanos(nanos + ThreadLocalRandom.current().nextLong(nanos / JITTER_DIVISOR + 1)));
    }
}
