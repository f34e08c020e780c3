package io.carabiner.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The SQL of the lease: one row.
 *
 * <p>The epoch is a key column (it is unique), so a writer's {@code FOR KEY SHARE} on the row holds up a takeover until
 * the writer's transaction ends, but never a renewal, which changes no key column.
 */
final class LeaseStore {

    private static final String CREATE = """
            CREATE SCHEMA IF NOT EXISTS carabiner;
            CREATE TABLE IF NOT EXISTS carabiner.lease (
                only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
                epoch bigint NOT NULL UNIQUE,
                holder uuid NOT NULL,
                expires_at timestamptz NOT NULL,
                machine text NOT NULL,
                root_dir text NOT NULL,
                pid bigint NOT NULL,
                process_started text NOT NULL,
                session_pid integer,
                session_started timestamptz
            )""";

    private static final String EXISTS = "SELECT to_regclass('carabiner.lease') IS NOT NULL";

    private static final String READ = """
            SELECT epoch, holder, expires_at, expires_at < clock_timestamp() AS expired,
                machine, root_dir, pid, process_started,
                session_pid IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM pg_catalog.pg_stat_activity a
                    WHERE a.pid = l.session_pid AND (a.backend_start IS NULL OR a.backend_start = l.session_started)
                ) AS session_ended
            FROM carabiner.lease l""";

    private static final String SESSION_START =
            "(SELECT a.backend_start FROM pg_catalog.pg_stat_activity a WHERE a.pid = pg_backend_pid())";

    private static final String INSERT = """
            INSERT INTO carabiner.lease (epoch, holder, expires_at, machine, root_dir, pid, process_started,
                session_pid, session_started)
            VALUES (1, ?, clock_timestamp() + ? * interval '1 millisecond', ?, ?, ?, ?, pg_backend_pid(), %s)
            ON CONFLICT DO NOTHING RETURNING epoch""".formatted(SESSION_START);

    private static final String TAKE = """
            UPDATE carabiner.lease SET epoch = epoch + 1, holder = ?,
                expires_at = clock_timestamp() + ? * interval '1 millisecond', machine = ?, root_dir = ?, pid = ?,
                process_started = ?, session_pid = pg_backend_pid(), session_started = %s
            WHERE epoch = ? AND expires_at = ? RETURNING epoch""".formatted(SESSION_START);

    private static final String RENEW = """
            UPDATE carabiner.lease SET expires_at = clock_timestamp() + ? * interval '1 millisecond',
                session_pid = CASE WHEN ? THEN pg_backend_pid() END, session_started = CASE WHEN ? THEN %s END
            WHERE epoch = ? AND holder = ? RETURNING pg_backend_pid()""".formatted(SESSION_START);

    private static final String RELEASE =
            "UPDATE carabiner.lease SET expires_at = '-infinity' WHERE epoch = ? AND holder = ?";

    private static final int TAKE_LOCK_WAIT_MILLIS = 1000;

    private LeaseStore() {}

    /** Makes schema and table unless they are there; two processes may do it at once. */
    static void create(Connection connection) throws SQLException {
        if (exists(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
        } catch (SQLException e) {
            if (!exists(connection)) {
                throw e;
            }
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(EXISTS)) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    static Optional<LeaseRow> read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(READ)) {
            return rows.next() ? Optional.of(row(rows)) : Optional.empty();
        }
    }

    private static LeaseRow row(ResultSet rows) throws SQLException {
        ProcessIdentity holder = new ProcessIdentity(
                rows.getObject("holder", UUID.class),
                rows.getString("machine"),
                rows.getString("root_dir"),
                rows.getLong("pid"),
                rows.getString("process_started"));
        return new LeaseRow(
                rows.getLong("epoch"),
                holder,
                rows.getObject("expires_at", OffsetDateTime.class),
                rows.getBoolean("expired"),
                rows.getBoolean("session_ended"));
    }

    /** Takes a lease that nobody has ever held; the epoch, or nothing if another was quicker. */
    static OptionalLong insert(Connection connection, ProcessIdentity self, Duration duration) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            bindIdentity(statement, self, duration);
            return epoch(statement);
        }
    }

    /**
     * Takes the lease as it was read; nothing if it has changed since. Waits for writers under the old epoch to end.
     */
    static OptionalLong take(Connection connection, ProcessIdentity self, Duration duration, LeaseRow seen)
            throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            limitLockWait(connection);
            int next = bindIdentity(statement, self, duration);
            statement.setLong(next, seen.epoch());
            statement.setObject(next + 1, seen.expiresAt());
            OptionalLong epoch = epoch(statement);
            connection.commit();
            return epoch;
        } finally {
            rollbackAndFree(connection);
        }
    }

    /** Shorter than the socket's timeout, so that the server never goes on with a statement whose asker has left. */
    private static void limitLockWait(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = " + TAKE_LOCK_WAIT_MILLIS);
        }
    }

    private static void rollbackAndFree(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static int bindIdentity(PreparedStatement statement, ProcessIdentity self, Duration duration)
            throws SQLException {
        statement.setObject(1, self.client());
        statement.setLong(2, duration.toMillis());
        statement.setString(3, self.machine());
        statement.setString(4, self.rootDir());
        statement.setLong(5, self.pid());
        statement.setString(6, self.started());
        return 7;
    }

    private static OptionalLong epoch(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
        }
    }

    /** The process id of the server's session, or nothing if the lease is another's. */
    static OptionalInt renew(Connection connection, long epoch, UUID client, Duration duration, boolean nameSession)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
            statement.setLong(1, duration.toMillis());
            statement.setBoolean(2, nameSession);
            statement.setBoolean(3, nameSession);
            statement.setLong(4, epoch);
            statement.setObject(5, client);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
            }
        }
    }

    static void release(Connection connection, long epoch, UUID client) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            statement.setLong(1, epoch);
            statement.setObject(2, client);
            statement.executeUpdate();
        }
    }
}
