package io.carabiner.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What decides whether a server can be used.
 *
 * @param version as {@code server_version_num}: 150004 is 15.4
 * @param inRecovery it is a standby, which cannot write
 * @param replicaRole triggers and foreign keys are switched off for this session
 */
public record ServerFacts(int version, boolean inRecovery, boolean replicaRole) {

    /** PostgreSQL 12, the oldest that is used. */
    public static final int VERSION_MIN = 120_000;

    private static final String QUERY = """
            SELECT current_setting('server_version_num')::int, pg_is_in_recovery(),
                current_setting('session_replication_role') = 'replica'""";

    static ServerFacts read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            rows.next();
            return new ServerFacts(rows.getInt(1), rows.getBoolean(2), rows.getBoolean(3));
        }
    }
}
