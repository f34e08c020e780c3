package io.carabiner.jobs;

import io.carabiner.database.WriteTransaction;
import io.carabiner.pipeline.TaskResult;
import io.carabiner.pipeline.TaskRun;
import io.carabiner.primitives.Address;
import io.carabiner.values.PipelineValue;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The SQL of runs and task runs. Every statement works on all rows of a group at once. */
final class RunStore {

    /**
     * A run that is not finished, locked.
     *
     * @param obstacle why it must not send anything, empty if it may
     */
    record Unfinished(long id, int jobId, int jobVersion, Optional<String> obstacle) {}

    private RunStore() {}

    /** Stores new runs in the order given; a job that is gone gets none. */
    static List<StoredRun> insert(WriteTransaction tx, List<NewRun> wanted) {
        return stored(tx.sql()
                .createQuery("""
                        INSERT INTO carabiner.runs (job_id, job_version, state, inputs)
                        SELECT j.id, u.version, 'running', u.inputs::json
                        FROM unnest(:jobs::int[], :versions::int[], :inputs::text[])
                            WITH ORDINALITY AS u (job_id, version, inputs, place)
                        JOIN carabiner.jobs j ON j.id = u.job_id AND j.deleted_at IS NULL ORDER BY u.place
                        RETURNING id, job_id, job_version, inputs""")
                .bindArray(
                        "jobs",
                        Integer.class,
                        wanted.stream().map(run -> run.job().id()).toArray())
                .bindArray(
                        "versions",
                        Integer.class,
                        wanted.stream().map(run -> run.job().version()).toArray())
                .bindArray(
                        "inputs",
                        String.class,
                        wanted.stream().map(run -> run.variables().toJson()).toArray()));
    }

    /** Rows with the columns {@code id, job_id, job_version, inputs}. */
    static List<StoredRun> stored(Query rows) {
        return rows.map((row, context) -> new StoredRun(
                        row.getLong("id"), row.getInt("job_id"), row.getInt("job_version"), row.getString("inputs")))
                .list();
    }

    /**
     * Locks those runs of a group that stand so ({@code running}, {@code suspended}), and before them their requests.
     */
    static Map<Long, Unfinished> lockUnfinished(WriteTransaction tx, Collection<Long> runs, String state) {
        tx.sql()
                .createQuery("""
                        SELECT d.id FROM carabiner.direct_requests d JOIN carabiner.runs r ON r.request_id = d.id
                        WHERE r.id = ANY(:runs) ORDER BY d.id FOR UPDATE OF d""")
                .bindArray("runs", Long.class, runs.toArray())
                .mapTo(Long.class)
                .list();
        Map<Long, Unfinished> found = new HashMap<>();
        tx.sql()
                .createQuery("""
                        SELECT r.id, r.job_id, r.job_version, CASE
                            WHEN d.id IS NULL THEN NULL
                            WHEN d.state = 'cancelled' THEN 'the request was cancelled by its requester'
                            WHEN d.run_id IS DISTINCT FROM r.id THEN 'the request has another run'
                            WHEN d.state <> 'started' OR NOT d.on_chain
                                THEN 'the request is not on the chain any more (reorg)'
                            END AS obstacle
                        FROM carabiner.runs r LEFT JOIN carabiner.direct_requests d ON d.id = r.request_id
                        WHERE r.id = ANY(:runs) AND r.state = :state ORDER BY r.id FOR UPDATE OF r""")
                .bind("state", state)
                .bindArray("runs", Long.class, runs.toArray())
                .map((row, context) -> new Unfinished(
                        row.getLong("id"),
                        row.getInt("job_id"),
                        row.getInt("job_version"),
                        Optional.ofNullable(row.getString("obstacle"))))
                .forEach(run -> found.put(run.id(), run));
        return found;
    }

    /** Stores where the runs of a group stand. */
    static void update(WriteTransaction tx, List<Execution> group) {
        tx.sql()
                .createUpdate("""
                        UPDATE carabiner.runs r SET state = u.state, outputs = nullif(u.outputs, '')::json,
                            all_errors = nullif(u.all_errors, '')::json,
                            fatal_errors = nullif(u.fatal_errors, '')::json,
                            finished_at = CASE WHEN u.state IN ('completed', 'errored') THEN now() END
                        FROM unnest(:ids::bigint[], :states::text[], :outputs::text[], :allErrors::text[],
                            :fatalErrors::text[])
                            AS u (id, state, outputs, all_errors, fatal_errors)
                        WHERE r.id = u.id""")
                .bindArray(
                        "ids", Long.class, group.stream().map(Execution::runId).toArray())
                .bindArray(
                        "states",
                        String.class,
                        group.stream().map(run -> run.status().externalName()).toArray())
                .bindArray(
                        "outputs",
                        String.class,
                        group.stream().map(run -> run.results().outputs()).toArray())
                .bindArray(
                        "allErrors",
                        String.class,
                        group.stream().map(run -> run.results().allErrors()).toArray())
                .bindArray(
                        "fatalErrors",
                        String.class,
                        group.stream().map(run -> run.results().fatalErrors()).toArray())
                .execute();
    }

    /** A run that failed and whose request is off the chain is made anew should the request come back. */
    static void releaseOffChain(WriteTransaction tx, List<Execution> group) {
        Object[] failed = group.stream()
                .filter(run -> run.status() == Execution.Status.ERRORED)
                .map(Execution::runId)
                .toArray();
        if (failed.length > 0) {
            tx.sql().createUpdate("""
                            UPDATE carabiner.direct_requests d SET state = 'vanished' FROM carabiner.runs r
                            WHERE r.id = ANY(:failed) AND r.request_id = d.id AND d.run_id = r.id
                                AND d.state = 'started' AND NOT d.on_chain
                            """).bindArray("failed", Long.class, failed).execute();
        }
    }

    /**
     * A run that failed because its transaction reverted in a block before its request's was overtaken by a reorg: the
     * request was not there yet, so it is answered again. One that reverted behind its request had its try.
     *
     * @param revertedIn the block by run
     */
    static void releaseOvertaken(WriteTransaction tx, Map<Long, Long> revertedIn) {
        if (!revertedIn.isEmpty()) {
            List<Map.Entry<Long, Long>> rows = List.copyOf(revertedIn.entrySet());
            tx.sql()
                    .createUpdate("""
                            UPDATE carabiner.direct_requests d
                            SET state = CASE WHEN d.on_chain THEN 'waiting' ELSE 'vanished' END
                            FROM unnest(:runs::bigint[], :blocks::bigint[]) AS u (run_id, block)
                            WHERE d.run_id = u.run_id AND d.state = 'started'
                                AND (NOT d.on_chain OR d.block_number >= u.block)""")
                    .bindArray(
                            "runs",
                            Long.class,
                            rows.stream().map(Map.Entry::getKey).toArray())
                    .bindArray(
                            "blocks",
                            Long.class,
                            rows.stream().map(Map.Entry::getValue).toArray())
                    .execute();
        }
    }

    /** Stores the task runs of a group, new or changed. */
    static void upsertTaskRuns(WriteTransaction tx, List<Execution> group) {
        List<TaskRow> rows = new ArrayList<>();
        for (Execution run : group) {
            List<TaskRun> tasks = run.taskRunsToKeep();
            for (int place = 0; place < tasks.size(); place++) {
                rows.add(new TaskRow(
                        run.runId(), place, tasks.get(place), run.status().isEnd()));
            }
        }
        if (!rows.isEmpty()) {
            upsertRows(tx, rows);
        }
    }

    private record TaskRow(long runId, int place, TaskRun task, boolean over) {

        @Nullable
        String output() {
            return task.outputJson().orElse(null);
        }

        /** Only a run that goes on needs more than is shown. */
        @Nullable
        String kinds() {
            return over ? null : task.outputKinds().orElse(null);
        }

        @Nullable
        String error() {
            return task.error().map(StorableText::of).orElse(null);
        }

        @Nullable
        OffsetDateTime finishedAt() {
            return task.finishedAt().map(RunStore::timestamp).orElse(null);
        }
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static void upsertRows(WriteTransaction tx, List<TaskRow> rows) {
        tx.sql()
                .createUpdate("""
                        INSERT INTO carabiner.task_runs AS t
                            (id, run_id, place, dot_id, type, index, output, output_kinds, error, created_at,
                                finished_at)
                        SELECT u.id, u.run_id, u.place, u.dot_id, u.type, u.index, u.output::json, u.kinds, u.error,
                            u.created_at, u.finished_at
                        FROM unnest(:ids::uuid[], :runs::bigint[], :places::int[], :names::text[], :types::text[],
                            :indexes::int[], :outputs::text[], :kinds::text[], :errors::text[], :created::timestamptz[],
                            :finished::timestamptz[])
                            AS u (id, run_id, place, dot_id, type, index, output, kinds, error, created_at,
                                finished_at)
                        ON CONFLICT (id) DO UPDATE SET place = EXCLUDED.place, output = EXCLUDED.output,
                            output_kinds = EXCLUDED.output_kinds,
                            error = EXCLUDED.error,
                            finished_at = EXCLUDED.finished_at""")
                .bindArray(
                        "ids",
                        UUID.class,
                        rows.stream().map(row -> row.task().id()).toArray())
                .bindArray("runs", Long.class, rows.stream().map(TaskRow::runId).toArray())
                .bindArray(
                        "places",
                        Integer.class,
                        rows.stream().map(TaskRow::place).toArray())
                .bindArray(
                        "names",
                        String.class,
                        rows.stream().map(row -> row.task().dotId()).toArray())
                .bindArray(
                        "types",
                        String.class,
                        rows.stream().map(row -> row.task().type()).toArray())
                .bindArray(
                        "indexes",
                        Integer.class,
                        rows.stream().map(row -> row.task().index()).toArray())
                .bindArray(
                        "outputs",
                        String.class,
                        rows.stream().map(TaskRow::output).toArray())
                .bindArray(
                        "kinds", String.class, rows.stream().map(TaskRow::kinds).toArray())
                .bindArray(
                        "errors",
                        String.class,
                        rows.stream().map(TaskRow::error).toArray())
                .bindArray(
                        "created",
                        String.class,
                        rows.stream()
                                .map(row -> timestamp(row.task().createdAt()).toString())
                                .toArray())
                .bindArray(
                        "finished",
                        String.class,
                        rows.stream().map(row -> text(row.finishedAt())).toArray())
                .execute();
    }

    private static @Nullable String text(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toString();
    }

    /** Removes runs that are to leave no trace. */
    static void delete(WriteTransaction tx, List<Long> runs) {
        if (!runs.isEmpty()) {
            tx.sql()
                    .createUpdate("DELETE FROM carabiner.runs WHERE id = ANY(:runs)")
                    .bindArray("runs", Long.class, runs.toArray())
                    .execute();
        }
    }

    /** The runs that an earlier process or a full queue left to be executed, oldest first. */
    static List<StoredRun> running(Handle sql, int limit) {
        return stored(
                sql.createQuery("SELECT id, job_id, job_version, inputs FROM carabiner.runs WHERE state = 'running'"
                                + " ORDER BY id LIMIT :limit")
                        .bind("limit", limit));
    }

    static Optional<StoredRun> running(Handle sql, long id) {
        return stored(sql.createQuery("SELECT id, job_id, job_version, inputs FROM carabiner.runs"
                                + " WHERE id = :id AND state = 'running'")
                        .bind("id", id))
                .stream()
                .findFirst();
    }

    /** The runs that wait for these task runs. */
    static Map<UUID, Long> waitingRuns(Handle sql, Collection<UUID> tasks) {
        return runs(sql, tasks, " AND finished_at IS NULL");
    }

    /** The runs of these task runs. */
    static Map<UUID, Long> runsOf(Handle sql, Collection<UUID> tasks) {
        return runs(sql, tasks, "");
    }

    private static Map<UUID, Long> runs(Handle sql, Collection<UUID> tasks, String condition) {
        Map<UUID, Long> runs = new HashMap<>();
        sql.createQuery("SELECT id, run_id FROM carabiner.task_runs WHERE id = ANY(:tasks)" + condition)
                .bindArray("tasks", UUID.class, tasks.toArray())
                .map((row, context) -> Map.entry(row.getObject("id", UUID.class), row.getLong("run_id")))
                .forEach(entry -> runs.put(entry.getKey(), entry.getValue()));
        return runs;
    }

    /** The task runs of runs, by run, in the order in which they are shown. */
    static Map<Long, List<TaskRun>> taskRuns(Handle sql, Collection<Long> runs) {
        Map<Long, List<TaskRun>> found = new HashMap<>();
        sql.createQuery("""
                        SELECT id, run_id, dot_id, type, index, output, output_kinds, error, created_at, finished_at
                        FROM carabiner.task_runs WHERE run_id = ANY(:runs) ORDER BY run_id, place""")
                .bindArray("runs", Long.class, runs.toArray())
                .map((row, context) -> Map.entry(row.getLong("run_id"), taskRun(row)))
                .forEach(entry -> found.computeIfAbsent(entry.getKey(), run -> new ArrayList<>())
                        .add(entry.getValue()));
        return found;
    }

    private static TaskRun taskRun(ResultSet row) throws SQLException {
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        return new TaskRun(
                row.getObject("id", UUID.class),
                row.getString("dot_id"),
                row.getString("type"),
                row.getInt("index"),
                result(row, finished),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(finished).map(OffsetDateTime::toInstant));
    }

    private static TaskResult result(ResultSet row, @Nullable OffsetDateTime finished) throws SQLException {
        if (finished == null) {
            return new TaskResult.Pending();
        }
        String error = row.getString("error");
        String output = row.getString("output");
        if (error != null) {
            return new TaskResult.Failure(error);
        }
        Optional<String> kinds = Optional.ofNullable(row.getString("output_kinds"));
        return new TaskResult.Success(output == null ? PipelineValue.none() : PipelineValue.fromStored(output, kinds));
    }

    /** Requester and payment of the requests that these task runs' runs answer. */
    static Map<UUID, Runs.Asked> asked(Handle sql, List<UUID> taskRunIds) {
        Map<UUID, Runs.Asked> found = new HashMap<>();
        sql.createQuery("""
                        SELECT t.id, o.request ->> 'requester' AS requester, o.request ->> 'payment' AS payment
                        FROM carabiner.task_runs t
                        JOIN carabiner.runs r ON r.id = t.run_id
                        CROSS JOIN LATERAL (SELECT r.inputs #> '{jobRun,meta,oracleRequest}' AS request) o
                        WHERE t.id = ANY (:ids) AND r.request_id IS NOT NULL AND o.request IS NOT NULL""")
                .bindArray("ids", UUID.class, taskRunIds)
                .map((row, context) -> Map.entry(
                        row.getObject("id", UUID.class),
                        new Runs.Asked(
                                Address.fromHex(row.getString("requester")), new BigInteger(row.getString("payment")))))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }
}
