package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

/** What the node says about its database: connection, lease, migrations. Thread-safe. */
public final class DatabaseMessages {

    private final OperatorLog log = OperatorLog.named("Database");
    private final OperatorLog leaseLog = OperatorLog.named("RunNode.LockedDB.LeaseLock");

    /** The server cannot be used yet; the node goes on when it can. */
    public void waitingForServer(String waitingFor, int tryCount) {
        log.warn("DATABASE_WAIT", "Waiting for " + waitingFor, field("tryCount", tryCount));
    }

    /** Another node holds the lease. */
    public void waitingForLease(String appId, int tryCount) {
        leaseLog.info(
                "DATABASE_LEASE_WAIT",
                "Another application is currently holding the database lease (or a previous instance exited uncleanly),"
                        + " waiting for lease to expire...",
                field("appID", appId),
                field("tryCount", tryCount));
    }

    /** The former holder has lost the lease and has a transaction open: its sessions are ended by the server. */
    public void takeoverHeldUp(long epoch, int sessionsEnded) {
        leaseLog.warn(
                "DATABASE_LEASE_HELD_UP",
                sessionsEnded > 0
                        ? "The former holder of the database lease does not end its transactions (frozen or cut off):"
                                + " the server has ended them"
                        : "The lease is free, but a session that is not known holds a lock on carabiner.lease:"
                                + " find it in pg_locks and end it",
                field("epoch", epoch),
                field("sessionsEnded", sessionsEnded));
    }

    /** The lease is ours. */
    public void leaseTaken(long epoch) {
        leaseLog.debug("DATABASE_LEASE_TAKEN", "Got exclusive lease on database", field("epoch", epoch));
    }

    /** A renewal failed; it is tried again until the own clock gives the lease up. */
    public void leaseRenewalFailed(String reason) {
        leaseLog.error("DATABASE_LEASE_RENEWAL", "Error trying to refresh database lease", field("err", reason));
    }

    /** The lease is lost: the node stops. */
    public void leaseLost(String reason) {
        leaseLog.critical(
                "DATABASE_LEASE_LOST",
                "The database lease is lost, exiting immediately: nothing can be stored any more",
                field("reason", reason));
    }

    /** The lease could not be freed at the end; the next node waits until it expires. */
    public void leaseReleaseFailed(String reason) {
        leaseLog.warn("DATABASE_LEASE_RELEASE", "Error trying to release lease", field("err", reason));
    }

    /** The tables are at this program's version. */
    public void migrated(int applied) {
        log.debug("DATABASE_MIGRATED", "Database tables are up to date", field("applied", applied));
    }

    /** Something could not be made ready before the lease was held; it is done afterwards. */
    public void preparationFailed(String reason) {
        log.debug("DATABASE_PREPARE", "Nothing was made ready before the lease is held", field("err", reason));
    }

    /** A transaction is run again because the server asked for it. */
    public void transactionRetried(String sqlState, int attempt) {
        log.debug("DATABASE_RETRY", "Transaction is run again", field("sqlState", sqlState), field("attempt", attempt));
    }

    /** Something that was to follow a commit failed; the commit stands. */
    public void afterCommitFailed(Throwable cause) {
        log.error("DATABASE_AFTER_COMMIT", "An action after a commit failed", cause);
    }
}
