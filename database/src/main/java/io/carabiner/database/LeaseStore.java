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
                (extract(epoch FROM greatest(expires_at, clock_timestamp()) - clock_timestamp()) * 1000)::bigint
                    AS left_millis,
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

    /** One statement, so that a process frozen in it holds the row no longer than the statement takes. */
    private static final String TAKE = """
            WITH limits AS MATERIALIZED (SELECT set_config('lock_timeout', ?, true), %s)
            UPDATE carabiner.lease SET epoch = epoch + 1, holder = ?,
                expires_at = clock_timestamp() + ? * interval '1 millisecond', machine = ?, root_dir = ?, pid = ?,
                process_started = ?, session_pid = pg_backend_pid(), session_started = %s
            FROM limits WHERE epoch = ? AND expires_at = ? RETURNING epoch""".formatted(EpochMark.SQL, SESSION_START);

    private static final String RENEW = """
            UPDATE carabiner.lease SET expires_at = clock_timestamp() + ? * interval '1 millisecond',
                session_pid = CASE WHEN ? THEN pg_backend_pid() END, session_started = CASE WHEN ? THEN %s END
            WHERE epoch = ? AND holder = ? RETURNING pg_backend_pid(), %s""".formatted(SESSION_START, EpochMark.SQL);

    private static final String RELEASE =
            "UPDATE carabiner.lease SET expires_at = '-infinity' WHERE epoch = ? AND holder = ?";

    /** How long a takeover waits for writers under the old epoch to end by themselves. */
    static final Duration WRITERS_GRACE = Duration.ofMillis(250);

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

    /** Whether a node has ever started here. */
    static boolean exists(Connection connection) throws SQLException {
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
                Duration.ofMillis(rows.getLong("left_millis")),
                rows.getBoolean("session_ended"));
    }

    /** Takes a lease that nobody has ever held; the epoch, or nothing if another was quicker. */
    static OptionalLong insert(Connection connection, ProcessIdentity self, Duration duration) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            bindIdentity(statement, 1, self, duration);
            return epoch(statement);
        }
    }

    /**
     * Takes the lease as it was read; nothing if it has changed since. Waits {@link #WRITERS_GRACE} for writers under
     * the old epoch to end, then throws with the server's state for a lock that was not to be had.
     */
    static OptionalLong take(Connection connection, ProcessIdentity self, Duration duration, LeaseRow seen)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setString(1, WRITERS_GRACE.toMillis() + "ms");
            statement.setInt(2, EpochMark.key(seen.epoch()));
            int next = bindIdentity(statement, 3, self, duration);
            statement.setLong(next, seen.epoch());
            statement.setObject(next + 1, seen.expiresAt());
            return epoch(statement);
        }
    }

    private static int bindIdentity(PreparedStatement statement, int first, ProcessIdentity self, Duration duration)
            throws SQLException {
        statement.setObject(first, self.client());
        statement.setLong(first + 1, duration.toMillis());
        statement.setString(first + 2, self.machine());
        statement.setString(first + 3, self.rootDir());
        statement.setLong(first + 4, self.pid());
        statement.setString(first + 5, self.started());
        return first + 6;
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
            statement.setInt(6, EpochMark.key(epoch));
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
