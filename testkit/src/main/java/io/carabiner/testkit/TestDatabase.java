package io.carabiner.testkit;

import java.sql.Connection;
import java.util.function.Consumer;

/**
 * A fresh, empty database on a real PostgreSQL server. The server is started once a JVM and ends with it; each
 * instance is a database of its own, so test classes do not disturb each other.
 *
 * <p>Safe for use by many threads.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class TestDatabase implements AutoCloseable {

    /** A new empty database. */
    public static TestDatabase create() {
        throw new UnsupportedOperationException();
    }

    /**
     * A new database that is a copy of a template, which is prepared once a JVM: for instance with all migrations run.
     *
     * @param template names the template within this JVM: lower-case letters, digits and underscores
     * @param prepare fills the template the first time; every connection to it must be closed when it returns
     */
    public static TestDatabase copyOf(String template, Consumer<TestDatabase> prepare) {
        throw new UnsupportedOperationException();
    }

    /** For configurations: {@code postgresql://user:password@127.0.0.1:port/name?sslmode=disable}. */
    public String url() {
        throw new UnsupportedOperationException();
    }

    /** For pgjdbc, with user and password as parameters: {@code jdbc:postgresql://127.0.0.1:port/name?user=…}. */
    public String jdbcUrl() {
        throw new UnsupportedOperationException();
    }

    /** A new connection; the caller closes it. */
    public Connection connect() {
        throw new UnsupportedOperationException();
    }

    /** Runs statements, separated by semicolons, each committed at once. */
    public void execute(String sql) {
        throw new UnsupportedOperationException();
    }

    /** The first column of the first row as text; {@code "null"} for SQL null. */
    public String query(String sql) {
        throw new UnsupportedOperationException();
    }

    /** Ends every connection to this database from the server's side, as a failover does. */
    public void cutConnections() {
        throw new UnsupportedOperationException();
    }

    /** Drops the database, cutting what is still connected. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
