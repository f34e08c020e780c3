package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

/** What the node says about its database: connection, lease, migrations. Thread-safe. */
public final class DatabaseMessages {

    private final OperatorLog log;

    /** The messages, under the logger name {@code Database}. */
    public DatabaseMessages() {
        this.log = OperatorLog.named("Database");
    }

    /** Another node holds the lease. */
    public void waitingForLease(String holder) {
        log.info(
                "DATABASE_LEASE_WAIT",
                "Another application is currently holding the database lease, waiting for it",
                field("holder", holder));
    }

    /** The lease is ours. */
    public void leaseTaken(long epoch) {
        log.info("DATABASE_LEASE_TAKEN", "Got exclusive lease on database", field("epoch", epoch));
    }
}
