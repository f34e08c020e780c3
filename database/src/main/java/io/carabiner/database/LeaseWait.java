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
    private final DatabaseMessages messages = new DatabaseMessages();
    private int endedSightings;
    private @Nullable UUID endedHolder;

    LeaseWait(DatabaseSettings settings, DatabaseUrl url, TimeSource time, LeaseConnection connection) {
        this.settings = settings;
        this.url = url;
        this.time = time;
        this.connection = connection;
        this.self = ProcessIdentity.current(settings.lease().rootDir());
    }

    Held untilHeld() throws InterruptedException {
        long startedNanos = time.monotonicNanos();
        int serverTries = 0;
        int leaseTries = 0;
        while (true) {
            try {
                Optional<Held> held = tryOnce();
                if (held.isPresent()) {
                    messages.leaseTaken(held.get().epoch());
                    return held.get();
                }
                if (LeaseDecision.worthALine(leaseTries)) {
                    messages.waitingForLease(self.client().toString(), leaseTries);
                }
                leaseTries++;
            } catch (SQLException e) {
                connection.drop();
                waitOrRefuse(e, serverTries, startedNanos);
                serverTries++;
            }
            pause();
        }
    }

    private Optional<Held> tryOnce() throws SQLException {
        Connection open = connection.connection();
        checkServer(open);
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
        countSighting(row.get());
        return switch (LeaseDecision.decide(row.get(), self, settings.lease().enabled(), endedSightings)) {
            case LeaseDecision.Take() -> takeUnlessBusy(open, row.get());
            case LeaseDecision.Wait() -> OptionalLong.empty();
        };
    }

    /**
     * A writer under the old epoch may still be at work: then this try ends without the lease, and the next may get it.
     */
    private OptionalLong takeUnlessBusy(Connection open, LeaseRow row) throws SQLException {
        try {
            return LeaseStore.take(open, self, settings.lease().duration(), row);
        } catch (SQLException e) {
            if (SqlStates.state(e).equals("55P03")) {
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
