package io.carabiner.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.postgres.PostgresPlugin;

/** The connections that reads and writes share. */
final class Pool {

    /** How long a caller waits for a free connection. */
    private static final long CONNECTION_WAIT_MILLIS = 30_000;

    private Pool() {}

    static HikariDataSource open(DatabaseSettings settings, DatabaseUrl url) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("database");
        config.setJdbcUrl(url.jdbcUrl());
        config.setDataSourceProperties(url.properties(settings.applicationName()));
        config.setMaximumPoolSize(settings.maxOpenConns());
        config.setMinimumIdle(Math.min(settings.maxIdleConns(), settings.maxOpenConns()));
        config.setConnectionTimeout(CONNECTION_WAIT_MILLIS);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** Statements' arguments stay out of messages: some are secrets. */
    static Jdbi jdbi(HikariDataSource pool) {
        Jdbi jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        return jdbi;
    }
}
