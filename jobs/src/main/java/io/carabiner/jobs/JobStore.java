package io.carabiner.jobs;

import io.carabiner.database.WriteTransaction;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The SQL of jobs and their errors. */
final class JobStore {

    /** A row of the table jobs, its spec not yet read. */
    record Row(int id, UUID externalJobId, String toml, Instant createdAt) {}

    private static final String COLUMNS = "SELECT id, external_job_id, toml, created_at FROM carabiner.jobs ";

    private JobStore() {}

    static Row insert(WriteTransaction tx, JobSpec spec, String toml) {
        return rows(tx.sql()
                        .createQuery("""
                        INSERT INTO carabiner.jobs (external_job_id, name, type, toml)
                        VALUES (:externalJobId, :name, :type, :toml) RETURNING id, external_job_id, toml, created_at""")
                        .bind("externalJobId", spec.header().externalJobId())
                        .bind("name", spec.header().name().orElse(null))
                        .bind("type", spec.type())
                        .bind("toml", toml))
                .getFirst();
    }

    static boolean delete(WriteTransaction tx, int id) {
        return tx.sql().execute("DELETE FROM carabiner.jobs WHERE id = ?", id) > 0;
    }

    static List<Row> all(Handle sql) {
        return rows(sql.createQuery(COLUMNS + "ORDER BY id"));
    }

    /** Newest first, as the Go node lists them. */
    static List<Row> page(Handle sql, int offset, int limit) {
        return rows(sql.createQuery(COLUMNS + "ORDER BY id DESC OFFSET :offset LIMIT :limit")
                .bind("offset", offset)
                .bind("limit", limit));
    }

    static long count(Handle sql) {
        return sql.createQuery("SELECT count(*) FROM carabiner.jobs")
                .mapTo(Long.class)
                .one();
    }

    static Optional<Row> byId(Handle sql, int id) {
        return rows(sql.createQuery(COLUMNS + "WHERE id = :id").bind("id", id)).stream()
                .findFirst();
    }

    static Optional<Row> byExternalId(Handle sql, UUID id) {
        return rows(sql.createQuery(COLUMNS + "WHERE external_job_id = :id").bind("id", id)).stream()
                .findFirst();
    }

    private static List<Row> rows(Query query) {
        return query.map((row, context) -> new Row(
                        row.getInt("id"),
                        row.getObject("external_job_id", UUID.class),
                        row.getString("toml"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    static Map<Integer, List<JobError>> errors(Handle sql, List<Integer> jobs) {
        Map<Integer, List<JobError>> errors = new HashMap<>();
        sql.createQuery("""
                        SELECT job_id, id, description, occurrences, created_at, updated_at
                        FROM carabiner.job_errors WHERE job_id = ANY(:jobs) ORDER BY id DESC""")
                .bindArray("jobs", Integer.class, jobs)
                .map((row, context) -> Map.entry(
                        row.getInt("job_id"),
                        new JobError(
                                row.getLong("id"),
                                row.getString("description"),
                                row.getLong("occurrences"),
                                row.getObject("created_at", OffsetDateTime.class)
                                        .toInstant(),
                                row.getObject("updated_at", OffsetDateTime.class)
                                        .toInstant())))
                .forEach(entry -> errors.computeIfAbsent(entry.getKey(), job -> new ArrayList<>())
                        .add(entry.getValue()));
        return errors;
    }

    /** Records an error, or one more occurrence of it. A job that is gone has none. */
    static void recordError(WriteTransaction tx, int jobId, String description) {
        tx.sql()
                .createUpdate("""
                        INSERT INTO carabiner.job_errors (job_id, description)
                        SELECT j.id, :description FROM carabiner.jobs j WHERE j.id = :job
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
