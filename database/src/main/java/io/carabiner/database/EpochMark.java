package io.carabiner.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What tells, from outside, which server sessions are in a transaction that belongs to an epoch: each such transaction
 * holds a shared advisory lock whose two keys are this room's number and the epoch.
 *
 * <p>The lock keeps nobody out; it is there to be seen in {@code pg_locks}. It belongs to the transaction and not to
 * the session, so it is right behind pgbouncer too, and it goes with the transaction: who is seen with it is that
 * writer and nobody else, whatever has become of the process ids and the pooled sessions.
 */
final class EpochMark {

    /** The first key: "CRAB" in ASCII. The second is the epoch's lower 32 bits. */
    static final int KEY = 0x43524142;

    /** Marks the transaction it is evaluated in; one parameter, the epoch's {@link #key}. */
    static final String SQL = "pg_try_advisory_xact_lock_shared(" + KEY + ", ?)";

    private static final String END = """
            SELECT count(*) FILTER (WHERE pg_terminate_backend(l.pid))
            FROM pg_catalog.pg_locks l
            JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = current_database()
            JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid AND a.usename = current_user
            WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.granted
                AND l.classid = %d AND l.objid = (?::bigint)::oid AND l.pid <> pg_backend_pid()""".formatted(KEY);

    private EpochMark() {}

    static int key(long epoch) {
        return (int) epoch;
    }

    /**
     * Ends the sessions that are in a transaction of this epoch; what they had not committed is rolled back.
     *
     * @return how many
     */
    static int endSessions(Connection connection, long epoch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(END)) {
            statement.setLong(1, Integer.toUnsignedLong(key(epoch)));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
