package io.carabiner.jobs;

import io.carabiner.database.Database;
import io.carabiner.pipeline.TaskRun;
import io.carabiner.primitives.Address;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The runs of all jobs, as they are shown. Safe for use by many threads. */
public final class Runs {

    private static final String SELECT = """
            SELECT id, job_id, job_version, state, inputs, outputs, all_errors, fatal_errors, created_at, finished_at
            FROM carabiner.runs""";

    /** The runs of deleted jobs are removed bit by bit and count as gone. */
    private static final String OF_A_JOB =
            " WHERE job_id NOT IN (SELECT id FROM carabiner.jobs WHERE deleted_at IS NOT NULL)";

    private final Database database;
    private final StoredSpecs jobs;

    Runs(Database database, StoredSpecs jobs) {
        this.database = database;
        this.jobs = jobs;
    }

    /**
     * A part of the runs, newest first.
     *
     * @param jobId of this job only, or of all
     */
    public Page<RunView> list(OptionalInt jobId, int offset, int limit) {
        String where = OF_A_JOB + (jobId.isPresent() ? " AND job_id = :job" : "");
        return database.read(sql -> {
            Query rows = sql.createQuery(SELECT + where + " ORDER BY id DESC OFFSET :offset LIMIT :limit")
                    .bind("offset", offset)
                    .bind("limit", limit);
            Query count = sql.createQuery("SELECT count(*) FROM carabiner.runs" + where);
            jobId.ifPresent(id -> {
                rows.bind("job", id);
                count.bind("job", id);
            });
            return new Page<>(views(sql, rows), count.mapTo(Long.class).one());
        });
    }

    /** How much is not finished. */
    public record Unfinished(long runs, long taskRuns) {}

    /** The runs that are not finished, and their tasks that have no result yet. */
    public Unfinished unfinished() {
        return database.read(sql -> sql.createQuery("""
                        SELECT count(DISTINCT r.id) AS runs, count(t.id) AS tasks FROM carabiner.runs r
                            LEFT JOIN carabiner.task_runs t ON t.run_id = r.id AND t.finished_at IS NULL
                            WHERE r.state IN ('running', 'suspended')""")
                .map((row, context) -> new Unfinished(row.getLong("runs"), row.getLong("tasks")))
                .one());
    }

    /**
     * A part of the runs of each of some jobs, newest first: as many questions to the database as for one job.
     *
     * @return a page for every job asked for
     */
    public Map<Integer, Page<RunView>> list(Collection<Integer> jobIds, int offset, int limit) {
        return database.read(sql -> {
            Map<Integer, List<RunView>> runs = views(sql, newest(sql, jobIds, offset, limit)).stream()
                    .collect(Collectors.groupingBy(RunView::jobId));
            Map<Integer, Long> counts = counts(sql, jobIds);
            return jobIds.stream()
                    .distinct()
                    .collect(Collectors.toMap(
                            id -> id, id -> new Page<>(runs.getOrDefault(id, List.of()), counts.getOrDefault(id, 0L))));
        });
    }

    private static Query newest(Handle sql, Collection<Integer> jobIds, int offset, int limit) {
        return sql.createQuery("SELECT r.* FROM (SELECT DISTINCT unnest(:jobs::int[]) AS id) j CROSS JOIN LATERAL ("
                        + SELECT + OF_A_JOB + " AND job_id = j.id ORDER BY id DESC OFFSET :offset LIMIT :limit) r"
                        + " ORDER BY r.id DESC")
                .bindArray("jobs", Integer.class, jobIds.toArray())
                .bind("offset", offset)
                .bind("limit", limit);
    }

    private static Map<Integer, Long> counts(Handle sql, Collection<Integer> jobIds) {
        return sql.createQuery("SELECT job_id, count(*) AS runs FROM carabiner.runs" + OF_A_JOB
                        + " AND job_id = ANY(:jobs) GROUP BY job_id")
                .bindArray("jobs", Integer.class, jobIds.toArray())
                .map((row, context) -> Map.entry(row.getInt("job_id"), row.getLong("runs")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The run with this number. */
    public Optional<RunView> find(long id) {
        return database.read(sql ->
                views(sql, sql.createQuery(SELECT + OF_A_JOB + " AND id = :id").bind("id", id)).stream()
                        .findFirst());
    }

    /**
     * Who asked for something, and what was paid for it.
     *
     * @param payment as the request's event says, in juels for LINK
     */
    public record Asked(Address requester, BigInteger payment) {}

    /** The requests on chain behind task runs; task runs of runs without a request are left out. */
    public Map<UUID, Asked> asked(List<UUID> taskRunIds) {
        return database.read(sql -> RunStore.asked(sql, taskRunIds));
    }

    private List<RunView> views(Handle sql, Query rows) {
        List<RunView> bare = rows.map((row, context) -> new RunView(
                        row.getLong("id"),
                        row.getInt("job_id"),
                        row.getInt("job_version"),
                        row.getString("state"),
                        row.getString("inputs"),
                        Optional.ofNullable(row.getString("outputs")),
                        Optional.ofNullable(row.getString("all_errors")),
                        Optional.ofNullable(row.getString("fatal_errors")),
                        source(sql, row.getInt("job_id"), row.getInt("job_version")),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("finished_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant),
                        List.of()))
                .list();
        Map<Long, List<TaskRun>> tasks =
                RunStore.taskRuns(sql, bare.stream().map(RunView::id).toList());
        return bare.stream()
                .map(run -> withTasks(run, tasks.getOrDefault(run.id(), List.of())))
                .toList();
    }

    private String source(Handle sql, int jobId, int version) {
        return jobs.find(sql, jobId, version)
                .map(job -> job.spec().header().pipeline().source())
                .orElse("");
    }

    private static RunView withTasks(RunView run, List<TaskRun> tasks) {
        return new RunView(
                run.id(),
                run.jobId(),
                run.jobVersion(),
                run.state(),
                run.inputs(),
                run.outputs(),
                run.allErrors(),
                run.fatalErrors(),
                run.dotDagSource(),
                run.createdAt(),
                run.finishedAt(),
                tasks.stream().map(Runs::view).toList());
    }

    private static TaskRunView view(TaskRun task) {
        return new TaskRunView(
                task.id(),
                task.dotId(),
                task.type(),
                task.index(),
                task.outputJson(),
                task.error(),
                task.createdAt(),
                task.finishedAt());
    }
}
