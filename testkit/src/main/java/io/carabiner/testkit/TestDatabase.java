package io.carabiner.testkit;

import io.carabiner.localservers.LocalPostgres;
import io.carabiner.localservers.PostgresOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A fresh, empty database on a real PostgreSQL server. The server is started once a JVM and ends with it, however it
 * ends; each instance is a database of its own, so test classes do not disturb each other, and neither do test runs.
 *
 * <p>Safe for use by many threads.
 */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Map<String, TestDatabase> TEMPLATES = new HashMap<>();

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    /** One server a JVM, started by the first who asks. */
    private static final class Server {
        static final LocalPostgres POSTGRES = start();

        private static LocalPostgres start() {
            try {
                return LocalPostgres.start(PostgresOptions.throwaway(Files.createTempDirectory("carabiner-test-pg-")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static void run(String sql) {
            try (Connection connection = DriverManager.getConnection(POSTGRES.jdbcUrl("postgres"));
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A new empty database. */
    public static TestDatabase create() {
        return create("template1");
    }

    /**
     * A new database that is a copy of a template, which is prepared once a JVM: for instance with all migrations run.
     *
     * @param template names the template within this JVM: lower-case letters, digits and underscores
     * @param prepare fills the template the first time; every connection to it must be closed when it returns
     */
    public static TestDatabase copyOf(String template, Consumer<TestDatabase> prepare) {
        synchronized (TEMPLATES) {
            TestDatabase prepared = TEMPLATES.get(template);
            if (prepared == null) {
                prepared = create();
                prepare.accept(prepared);
                TEMPLATES.put(template, prepared);
            }
            return create(prepared.name);
        }
    }

    private static synchronized TestDatabase create(String template) {
        TestDatabase database = new TestDatabase("test_" + COUNT.incrementAndGet());
        Server.run("CREATE DATABASE " + database.name + " TEMPLATE " + template);
        return database;
    }

    /** For configurations: {@code postgresql://user:password@127.0.0.1:port/name?sslmode=disable}. */
    public String url() {
        return Server.POSTGRES.url(name);
    }

    /** For pgjdbc, with user and password as parameters: {@code jdbc:postgresql://127.0.0.1:port/name?user=…}. */
    public String jdbcUrl() {
        return Server.POSTGRES.jdbcUrl(name);
    }

    /** The server's port on 127.0.0.1, for a proxy in between. */
    public int port() {
        return Server.POSTGRES.port();
    }

    /** A new connection; the caller closes it. */
    public Connection connect() {
        try {
            return DriverManager.getConnection(jdbcUrl());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements, separated by semicolons, in one transaction. */
    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of the first row as text; {@code "null"} for SQL null, {@code "no rows"} for none. */
    public String query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "no rows";
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Ends every connection to this database from the server's side, as a failover does. */
    public void cutConnections() {
        Server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    /** Drops the database, cutting what is still connected. */
    @Override
    public void close() {
        cutConnections();
        Server.run("DROP DATABASE IF EXISTS " + name);
    }

    @Override
    public String toString() {
        return "TestDatabase[" + name + "]";
    }
}
