package io.carabiner.database;

import io.carabiner.database.TableState.Migration;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads Flyway's table of what was run, so that a start on tables at this version does without Flyway. */
final class MigrationHistory {

    private static final String THERE = "SELECT to_regclass('carabiner.flyway_schema_history') IS NOT NULL";

    /** Without the mark that Flyway sets below the first version. */
    private static final String ROWS = """
            SELECT version, type, script, installed_on, checksum, success FROM carabiner.flyway_schema_history
            WHERE type NOT IN ('BASELINE', 'SCHEMA')""";

    private MigrationHistory() {}

    /**
     * What was run, in the order of the numbers, where that is exactly what this program brings, each unchanged and
     * successful. Nothing else counts as complete: Flyway looks into it then and says what is wrong.
     */
    static Optional<List<Migration>> ofCompleteTables(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            return isThere(statement) ? complete(statement) : Optional.empty();
        }
    }

    private static boolean isThere(Statement statement) throws SQLException {
        try (ResultSet there = statement.executeQuery(THERE)) {
            return there.next() && there.getBoolean(1);
        }
    }

    private static Optional<List<Migration>> complete(Statement statement) throws SQLException {
        Map<String, Integer> checksums = new HashMap<>();
        List<Migration> applied = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(ROWS)) {
            while (rows.next()) {
                if (!rows.getBoolean("success") || !rows.getString("type").equals("SQL")) {
                    return Optional.empty();
                }
                checksums.put(rows.getString("version"), rows.getInt("checksum"));
                applied.add(new Migration(
                        rows.getInt("version"),
                        rows.getString("script"),
                        rows.getTimestamp("installed_on").toInstant().toString()));
            }
        }
        applied.sort(Comparator.comparingInt(Migration::version));
        return checksums.equals(MigrationFiles.checksums()) ? Optional.of(applied) : Optional.empty();
    }
}
