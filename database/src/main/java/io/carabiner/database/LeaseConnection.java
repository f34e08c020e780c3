package io.carabiner.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The lease's own connection, outside the pool so that a busy pool cannot cost the lease. Opened again when it breaks.
 *
 * <p>Its server session is named in the lease, so that its end can be seen from outside; unless a pooler changes the
 * session under the connection, then the name would mean nothing.
 */
final class LeaseConnection {

    private final DatabaseUrl url;
    private final Properties properties;
    private @Nullable Connection open;
    private OptionalInt session = OptionalInt.empty();
    private boolean sessionIsOurs = true;

    LeaseConnection(DatabaseUrl url, String applicationName, Duration answerTimeout) {
        this.url = url;
        this.properties = url.properties(applicationName);
        String seconds = String.valueOf(Math.max(2, answerTimeout.toSeconds()));
        properties.setProperty("socketTimeout", seconds);
        properties.setProperty("connectTimeout", seconds);
    }

    /** The open connection. Used while waiting for the lease, by one thread. */
    synchronized Connection connection() throws SQLException {
        Connection current = open;
        if (current == null || current.isClosed()) {
            current = DriverManager.getConnection(url.jdbcUrl(), properties);
            open = current;
            session = OptionalInt.empty();
        }
        return current;
    }

    synchronized OptionalInt renew(long epoch, UUID client, Duration duration) throws SQLException {
        OptionalInt now = LeaseStore.renew(connection(), epoch, client, duration, sessionIsOurs);
        if (now.isPresent() && session.isPresent() && now.getAsInt() != session.getAsInt()) {
            sessionIsOurs = false;
        }
        session = now;
        return now;
    }

    /**
     * Notices that the server has ended the session, without a round trip.
     *
     * @throws SQLException when it has; {@link #drop} it then
     */
    synchronized void checkOpen() throws SQLException {
        Connection current = open;
        if (current != null) {
            current.unwrap(PGConnection.class).getNotifications();
        }
    }

    /** Frees the lease, over another connection where the open one is broken. */
    synchronized void release(long epoch, UUID client) throws SQLException {
        try {
            LeaseStore.release(connection(), epoch, client);
        } catch (SQLException e) {
            drop();
            LeaseStore.release(connection(), epoch, client);
        }
    }

    /** Closes it; the next use opens another. */
    synchronized void drop() {
        Connection current = open;
        open = null;
        if (current != null) {
            closeQuietly(current);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // It was broken already: that is why it is closed.
        }
    }
}
