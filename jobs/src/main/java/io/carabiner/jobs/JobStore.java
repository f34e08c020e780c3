package io.carabiner.jobs;

import io.carabiner.database.DatabaseException;
import io.carabiner.database.WriteTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The SQL of jobs and their errors. */
final class JobStore {

    /** How many versions of a job's spec are kept beside the present one. */
    static final int VERSIONS_MAX = 100;

    /** A row of the table jobs, its spec not yet read. */
    record Row(int id, int version, UUID externalJobId, String toml, Instant createdAt, boolean paused) {

        Job job(JobSpec spec) {
            return new Job(id, version, spec, toml, createdAt, paused, List.of());
        }
    }

    private static final String FIELDS = "id, version, external_job_id, toml, created_at, paused_at";
    private static final String SELECT = "SELECT " + FIELDS + " FROM carabiner.jobs WHERE deleted_at IS NULL ";

    private JobStore() {}

    static Row insert(WriteTransaction tx, JobSpec spec, String toml) {
        return rows(bound(tx.sql().createQuery("""
                        INSERT INTO carabiner.jobs (external_job_id, name, type, toml)
                        VALUES (:externalJobId, :name, :type, :toml) RETURNING\s""" + FIELDS), spec, toml)).getFirst();
    }

    /**
     * Does what stores a spec, and says what the database refuses in it: a name or id that is taken, a name that is too
     * long, text that cannot be stored.
     */
    static <T> T refusals(Supplier<T> storing) {
        try {
            return storing.get();
        } catch (DatabaseException e) {
            if (e.sqlState()
                    .filter(state -> state.startsWith("22") || state.startsWith("23"))
                    .isPresent()) {
                throw new JobSpecException(
                        JobSpecException.Kind.DOES_NOT_FIT, "CreateJobFailed: failed to insert job: " + e.getMessage());
            }
            throw e;
        }
    }

    private static Query bound(Query query, JobSpec spec, String toml) {
        return query.bind("externalJobId", spec.header().externalJobId())
                .bind("name", spec.header().name().orElse(null))
                .bind("type", spec.type())
                .bind("toml", toml);
    }

    /** Gives a job another spec and keeps the present one as an earlier version; empty if there is no such job. */
    static Optional<Row> replace(WriteTransaction tx, int id, JobSpec spec, String toml) {
        tx.sql().execute("""
                        INSERT INTO carabiner.job_versions (job_id, version, external_job_id, toml, created_at)
                        SELECT id, version, external_job_id, toml, changed_at FROM carabiner.jobs
                        WHERE id = ? AND deleted_at IS NULL""", id);
        Optional<Row> replaced = rows(
                        bound(tx.sql().createQuery("""
                        UPDATE carabiner.jobs SET external_job_id = :externalJobId, name = :name, type = :type,
                            toml = :toml, version = version + 1, changed_at = now()
                        WHERE id = :id AND deleted_at IS NULL RETURNING\s""" + FIELDS), spec, toml).bind("id", id))
                .stream()
                .findFirst();
        replaced.ifPresent(row -> forgetOldVersions(tx, row));
        return replaced;
    }

    /** What runs that are under way began with stays. */
    private static void forgetOldVersions(WriteTransaction tx, Row row) {
        tx.sql().execute("""
                        DELETE FROM carabiner.job_versions v WHERE v.job_id = ? AND v.version < ?
                            AND NOT EXISTS (SELECT 1 FROM carabiner.runs r WHERE r.job_id = v.job_id
                                AND r.job_version = v.version AND r.state IN ('running', 'suspended'))
                        """, row.id(), row.version() - VERSIONS_MAX);
    }

    /** Stops a job's making of runs, or lets it go on; empty if there is no such job. */
    static Optional<Row> pause(WriteTransaction tx, int id, boolean paused) {
        return rows(tx.sql()
                        .createQuery("UPDATE carabiner.jobs SET paused_at = "
                                + (paused ? "coalesce(paused_at, now())" : "NULL")
                                + " WHERE id = :id AND deleted_at IS NULL RETURNING " + FIELDS)
                        .bind("id", id))
                .stream()
                .findFirst();
    }

    /** Takes back a job that has never worked. */
    static void erase(WriteTransaction tx, int id) {
        tx.sql().execute("DELETE FROM carabiner.jobs WHERE id = ?", id);
    }

    static List<Row> all(Handle sql) {
        return rows(sql.createQuery(SELECT + "ORDER BY id"));
    }

    /** Newest first, as the Go node lists them. */
    static List<Row> page(Handle sql, int offset, int limit) {
        return rows(sql.createQuery(SELECT + "ORDER BY id DESC OFFSET :offset LIMIT :limit")
                .bind("offset", offset)
                .bind("limit", limit));
    }

    static long count(Handle sql) {
        return sql.createQuery("SELECT count(*) FROM carabiner.jobs WHERE deleted_at IS NULL")
                .mapTo(Long.class)
                .one();
    }

    static Optional<Row> byId(Handle sql, int id) {
        return rows(sql.createQuery(SELECT + "AND id = :id").bind("id", id)).stream()
                .findFirst();
    }

    /** Those of these jobs that there are. */
    static List<Row> byIds(Handle sql, Collection<Integer> ids) {
        return rows(sql.createQuery(SELECT + "AND id = ANY(:ids)").bindArray("ids", Integer.class, ids.toArray()));
    }

    static Optional<Row> byExternalId(Handle sql, UUID id) {
        return rows(sql.createQuery(SELECT + "AND external_job_id = :id").bind("id", id)).stream()
                .findFirst();
    }

    /** A job with the spec that it had as this version, or has. */
    static Optional<Row> byVersion(Handle sql, int id, int version) {
        return rows(sql.createQuery("""
                        SELECT j.id, v.version, v.external_job_id, v.toml, j.created_at, j.paused_at
                        FROM carabiner.jobs j JOIN (
                            SELECT id AS job_id, version, external_job_id, toml FROM carabiner.jobs UNION ALL
                            SELECT job_id, version, external_job_id, toml FROM carabiner.job_versions) v
                            ON v.job_id = j.id
                        WHERE j.id = :id AND v.version = :version AND j.deleted_at IS NULL
                        """).bind("id", id).bind("version", version)).stream()
                .findFirst();
    }

    /** All specs of a job, the present one first. */
    static List<JobVersion> versions(Handle sql, int id) {
        return sql.createQuery("""
                        SELECT version, toml, changed_at AS since, true AS present FROM carabiner.jobs
                        WHERE id = :id AND deleted_at IS NULL
                        UNION ALL
                        SELECT v.version, v.toml, v.created_at, false FROM carabiner.job_versions v
                        JOIN carabiner.jobs j ON j.id = v.job_id WHERE j.id = :id AND j.deleted_at IS NULL
                        ORDER BY version DESC""")
                .bind("id", id)
                .map((row, context) -> new JobVersion(
                        row.getInt("version"),
                        row.getString("toml"),
                        row.getObject("since", OffsetDateTime.class).toInstant(),
                        row.getBoolean("present")))
                .list();
    }

    private static List<Row> rows(Query query) {
        return query.map((row, context) -> new Row(
                        row.getInt("id"),
                        row.getInt("version"),
                        row.getObject("external_job_id", UUID.class),
                        row.getString("toml"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("paused_at", OffsetDateTime.class) != null))
                .list();
    }

    static Map<Integer, List<JobError>> errors(Handle sql, List<Integer> jobs) {
        Map<Integer, List<JobError>> errors = new HashMap<>();
        sql.createQuery("""
                        SELECT job_id, id, description, occurrences, created_at, updated_at
                        FROM carabiner.job_errors WHERE job_id = ANY(:jobs) ORDER BY id DESC""")
                .bindArray("jobs", Integer.class, jobs)
                .map((row, context) -> Map.entry(row.getInt("job_id"), error(row)))
                .forEach(entry -> errors.computeIfAbsent(entry.getKey(), job -> new ArrayList<>())
                        .add(entry.getValue()));
        return errors;
    }

    static Optional<JobError> error(Handle sql, long id) {
        return sql.createQuery("""
                        SELECT id, description, occurrences, created_at, updated_at
                        FROM carabiner.job_errors WHERE id = :id""")
                .bind("id", id)
                .map((row, context) -> error(row))
                .findOne();
    }

    private static JobError error(ResultSet row) throws SQLException {
        return new JobError(
                row.getLong("id"),
                row.getString("description"),
                row.getLong("occurrences"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    /** Records an error, or one more occurrence of it. A job that is gone has none. */
    static void recordError(WriteTransaction tx, int jobId, String description) {
        tx.sql()
                .createUpdate("""
                        INSERT INTO carabiner.job_errors (job_id, description)
                        SELECT j.id, :description FROM carabiner.jobs j WHERE j.id = :job AND j.deleted_at IS NULL
                        ON CONFLICT ON CONSTRAINT job_errors_once
                        DO UPDATE SET occurrences = job_errors.occurrences + 1, updated_at = now()""")
                .bind("job", jobId)
                .bind("description", StorableText.of(description))
                .execute();
    }

    static boolean dismissError(WriteTransaction tx, long errorId) {
        return tx.sql().execute("DELETE FROM carabiner.job_errors WHERE id = ?", errorId) > 0;
    }
}
