package io.carabiner.database;

import io.carabiner.database.TableState.Migration;
import io.carabiner.primitives.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Pending migrations, tried out in one transaction that is rolled back.
 *
 * @param steps what was tried, in order; the last is the one that failed, where one did
 * @param changes each table, column, index and rule that would come or go, in plain words
 * @param failure why it would not hold
 */
public record UpgradeRehearsal(List<Step> steps, List<String> changes, Optional<String> failure) {

    /** How long a statement waits for rows and tables that a running node uses. */
    private static final Duration LOCK_WAIT_MAX = Duration.ofSeconds(2);

    private static final String CATALOGUE = """
            SELECT 'table ' || table_name FROM information_schema.tables WHERE table_schema = 'carabiner'
            UNION ALL
            SELECT 'column ' || table_name || '.' || column_name || ', ' || data_type
                || CASE is_nullable WHEN 'NO' THEN ', never empty' ELSE '' END
            FROM information_schema.columns WHERE table_schema = 'carabiner'
            UNION ALL
            SELECT 'index ' || indexname || ' on ' || tablename FROM pg_indexes WHERE schemaname = 'carabiner'
            UNION ALL
            SELECT 'rule ' || conname || ' on ' || conrelid::regclass FROM pg_constraint
            WHERE connamespace = 'carabiner'::regnamespace AND contype IN ('c', 'f')""";

    /** One migration. */
    public record Step(Migration migration, Duration took) {}

    /** Copies the lists. */
    public UpgradeRehearsal {
        steps = List.copyOf(steps);
        changes = List.copyOf(changes);
    }

    /** Whether a start with this program would get its tables. */
    public boolean holds() {
        return failure.isEmpty();
    }

    static UpgradeRehearsal on(Connection connection, List<Migration> pending) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = " + LOCK_WAIT_MAX.toMillis());
            statement.execute("CREATE SCHEMA IF NOT EXISTS carabiner");
            TreeSet<String> before = catalogue(statement);
            List<Step> steps = new ArrayList<>();
            Optional<String> failure = Optional.empty();
            for (Migration migration : pending) {
                long start = TimeSource.system().monotonicNanos();
                failure = attempt(statement, migration);
                steps.add(
                        new Step(migration, Duration.ofNanos(TimeSource.system().monotonicNanos() - start)));
                if (failure.isPresent()) {
                    return new UpgradeRehearsal(steps, List.of(), failure);
                }
            }
            return new UpgradeRehearsal(steps, differences(before, catalogue(statement)), failure);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static Optional<String> attempt(Statement statement, Migration migration) {
        try {
            statement.execute(sql(migration));
            return Optional.empty();
        } catch (SQLException e) {
            boolean busy = SqlStates.state(e).equals("55P03");
            return Optional.of(
                    busy
                            ? "a running node holds what " + migration.script()
                                    + " changes: ask again in a moment, or try it on a restored copy"
                            : migration.script() + ": " + e.getMessage());
        }
    }

    private static String sql(Migration migration) {
        try (InputStream file = UpgradeRehearsal.class.getResourceAsStream("/db/migration/" + migration.script())) {
            if (file == null) {
                throw new IllegalStateException(migration.script() + " is not in the program");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TreeSet<String> catalogue(Statement statement) throws SQLException {
        TreeSet<String> found = new TreeSet<>();
        try (ResultSet rows = statement.executeQuery(CATALOGUE)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static List<String> differences(TreeSet<String> before, TreeSet<String> after) {
        List<String> changes = new ArrayList<>();
        before.stream().filter(thing -> !after.contains(thing)).forEach(thing -> changes.add("goes: " + thing));
        after.stream().filter(thing -> !before.contains(thing)).forEach(thing -> changes.add("comes: " + thing));
        return changes;
    }
}
