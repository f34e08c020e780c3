package io.carabiner.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * A version of the program, and the row that says which one used a database last, and which is the oldest that still
 * may (Go node 2.15, core/services/versioning, which knows the first of the two only).
 *
 * <p>A release only adds to the tables, so that the release before can go on with them: that is how an operator goes
 * back. What a release does not use any more is removed by a later one, which then raises {@link #OLDEST_BESIDE}.
 *
 * @param major, minor, patch as in {@code 1.2.3}; what follows behind a hyphen or plus does not count
 */
public record ProgramVersion(int major, int minor, int patch) implements Comparable<ProgramVersion> {

    /** The oldest program that works with this program's tables: to be raised by a migration that takes away. */
    public static final ProgramVersion OLDEST_BESIDE = new ProgramVersion(0, 1, 0);

    private static final Pattern FORM = Pattern.compile("v?(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})([-+].*)?");
    private static final Comparator<ProgramVersion> ORDER = Comparator.comparingInt(ProgramVersion::major)
            .thenComparingInt(ProgramVersion::minor)
            .thenComparingInt(ProgramVersion::patch);

    private static final String LAST_USE = """
            SELECT version, (to_jsonb(n) ->> 'oldest_version') AS oldest FROM carabiner.node_versions n""";

    /** Who used the tables last, and the oldest program that may. */
    record Use(ProgramVersion version, ProgramVersion oldest) {}

    /** Reads a version; empty if the text is none, such as {@code unset}. */
    public static Optional<ProgramVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new ProgramVersion(number(matcher, 1), number(matcher, 2), number(matcher, 3)))
                : Optional.empty();
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /** The row, or nothing where there is none or no table yet. */
    static Optional<Use> lastUse(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            return exists(statement) ? row(statement) : Optional.empty();
        }
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT to_regclass('carabiner.node_versions') IS NOT NULL")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    /** A row without the second column was written before there was one: its program is the oldest. */
    private static Optional<Use> row(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(LAST_USE)) {
            if (!rows.next()) {
                return Optional.empty();
            }
            Optional<String> oldest = Optional.ofNullable(rows.getString("oldest"));
            return parse(rows.getString("version"))
                    .map(version -> new Use(
                            version, oldest.flatMap(ProgramVersion::parse).orElse(version)));
        }
    }

    /**
     * Refuses tables that are too new for this program.
     *
     * @throws DatabaseException {@code DATABASE_VERSION}
     */
    public void checkFor(TableState tables) {
        tables.oldest().filter(oldest -> compareTo(oldest) < 0).ifPresent(oldest -> {
            throw new DatabaseException(
                    "DATABASE_VERSION",
                    "Application version (" + this + ") is lower than database version ("
                            + tables.usedBy().orElse(oldest) + "). Only Carabiner " + oldest
                            + " or higher can be run on this database");
        });
    }

    /** Notes that this program uses the database; the oldest that may use it never sinks again. */
    public void claim(Database database, ProgramVersion oldest) {
        database.execute(tx -> {
            ProgramVersion noted = tx.sql()
                    .createQuery("SELECT oldest_version FROM carabiner.node_versions")
                    .mapTo(String.class)
                    .findOne()
                    .flatMap(ProgramVersion::parse)
                    .filter(before -> before.compareTo(oldest) > 0)
                    .orElse(oldest);
            tx.sql()
                    .createUpdate("""
                            INSERT INTO carabiner.node_versions (version, oldest_version) VALUES (:version, :oldest)
                            ON CONFLICT (only_one) DO UPDATE SET version = excluded.version,
                                oldest_version = excluded.oldest_version, created_at = now()
                            WHERE (node_versions.version, node_versions.oldest_version)
                                IS DISTINCT FROM (excluded.version, excluded.oldest_version)""")
                    .bind("version", toString())
                    .bind("oldest", noted.toString())
                    .execute();
        });
    }

    @Override
    public int compareTo(ProgramVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
