package io.carabiner.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A look into a database beside the node that may be running on it: one connection, without the lease. It cannot write
 * to the node's tables except where a method says so. Belongs to one thread.
 */
public final class DatabaseVisit implements AutoCloseable {

    private static final String APPLICATION_NAME = "Carabiner command";

    private final DatabaseUrl url;
    private final PGSimpleDataSource source;
    private final Connection connection;

    private DatabaseVisit(DatabaseUrl url, PGSimpleDataSource source, Connection connection) {
        this.url = url;
        this.source = source;
        this.connection = connection;
    }

    /**
     * Connects; tries once.
     *
     * @param url as {@code Database.URL}
     * @throws DatabaseException with what to do
     */
    public static DatabaseVisit open(String url) {
        return open(DatabaseUrl.parse(url));
    }

    /** The same for another database of that server. */
    public static DatabaseVisit open(String url, String databaseName) {
        DatabaseUrl named = DatabaseUrl.parse(url);
        return open(new DatabaseUrl(named.host(), named.port(), databaseName, named.options()));
    }

    private static DatabaseVisit open(DatabaseUrl url) {
        try {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(url.jdbcUrl());
            Properties properties = url.properties(APPLICATION_NAME);
            for (String name : properties.stringPropertyNames()) {
                source.setProperty(name, properties.getProperty(name));
            }
            return new DatabaseVisit(url, source, source.getConnection());
        } catch (SQLException e) {
            throw switch (ConnectFault.of(e, url)) {
                case ConnectFault.Refuse(DatabaseException reason) -> reason;
                case ConnectFault.Wait(String waitingFor) ->
                    new DatabaseException(
                            "DATABASE_UNREACHABLE",
                            "There is no connection: a node would wait for " + waitingFor
                                    + "; start the server or correct Database.URL.",
                            e);
            };
        }
    }

    /** The tables as they are. */
    public TableState tables() {
        return new Migrations(source).state();
    }

    /** Who holds the lease now, in words; empty if a node could start. */
    public Optional<String> holder() {
        try {
            if (!LeaseStore.exists(connection)) {
                return Optional.empty();
            }
            return LeaseStore.read(connection)
                    .filter(row -> !row.expired() && !row.sessionEnded())
                    .map(row -> "process " + row.holder().pid() + " with the folder "
                            + row.holder().rootDir());
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /** What decides whether a node can use the server. */
    public ServerFacts server() {
        try {
            return ServerFacts.read(connection);
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /** Reads in one transaction that cannot write. */
    public <T extends @Nullable Object> T read(Function<Handle, T> query) {
        try {
            connection.setReadOnly(true);
            return Jdbi.create(connection).installPlugin(new PostgresPlugin()).inTransaction(query::apply);
        } catch (JdbiException e) {
            SQLException sql = SqlStates.find(e);
            throw sql == null ? new DatabaseException("DATABASE_STATEMENT", "A statement failed.", e) : fault(sql);
        } catch (SQLException e) {
            throw fault(e);
        } finally {
            writableAgain();
        }
    }

    private void writableAgain() {
        try {
            if (!connection.isClosed()) {
                connection.setReadOnly(false);
            }
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /** Runs a statement that cannot stand in a transaction: {@code CREATE DATABASE}, {@code DROP DATABASE}. */
    public void runAlone(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /** Ends every other connection to this database, a running node's too. */
    public void cutOthers() {
        runAlone("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }

    /** Drops all tables of the node, with what is in them. */
    public void dropTables() {
        runAlone("DROP SCHEMA IF EXISTS " + Database.SCHEMA + " CASCADE");
    }

    /** Tries out the pending migrations in a transaction that is rolled back. */
    public UpgradeRehearsal rehearse() {
        try {
            return UpgradeRehearsal.on(connection, tables().pending());
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    private DatabaseException fault(SQLException e) {
        return new DatabaseException(
                "DATABASE_STATEMENT",
                "The database at " + url + " refuses: " + e.getMessage() + " (SQLSTATE " + SqlStates.state(e) + ")",
                e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw fault(e);
        }
    }
}
