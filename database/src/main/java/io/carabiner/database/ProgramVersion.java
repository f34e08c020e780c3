package io.carabiner.database;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the program, and the row that says which one used a database last: an older program does not run on it
 * (Go node 2.15, core/services/versioning).
 *
 * @param major, minor, patch as in {@code 1.2.3}; what follows behind a hyphen or plus does not count
 */
public record ProgramVersion(int major, int minor, int patch) implements Comparable<ProgramVersion> {

    private static final Pattern FORM = Pattern.compile("v?(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})([-+].*)?");
    private static final Comparator<ProgramVersion> ORDER = Comparator.comparingInt(ProgramVersion::major)
            .thenComparingInt(ProgramVersion::minor)
            .thenComparingInt(ProgramVersion::patch);

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

    /**
     * Notes that this program uses the database.
     *
     * @throws DatabaseException {@code DATABASE_VERSION} if a newer one has used it; nothing was changed
     */
    public void claim(Database database) {
        database.execute(tx -> {
            tx.sql()
                    .createQuery("SELECT version FROM carabiner.node_versions")
                    .mapTo(String.class)
                    .findOne()
                    .flatMap(ProgramVersion::parse)
                    .filter(last -> last.compareTo(this) > 0)
                    .ifPresent(this::refuse);
            tx.sql()
                    .createUpdate("INSERT INTO carabiner.node_versions (version) VALUES (:version)"
                            + " ON CONFLICT (only_one) DO UPDATE SET version = excluded.version, created_at = now()"
                            + " WHERE node_versions.version <> excluded.version")
                    .bind("version", toString())
                    .execute();
        });
    }

    private void refuse(ProgramVersion last) {
        throw new DatabaseException(
                "DATABASE_VERSION",
                "Application version (" + this + ") is lower than database version (" + last + "). Only Carabiner "
                        + last + " or higher can be run on this database");
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
