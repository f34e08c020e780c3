package io.carabiner.jobs;

import io.carabiner.database.Database;
import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.txm.TransactionFate;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Retries runs that failed, and never so that a request could be answered twice: a run is retried once, only while its
 * request stands and has no other run, and only when none of its transactions can still be mined. The new run has the
 * job's present spec.
 */
final class RunRetries {

    /** Where a run was asked for, if a chain asked. */
    private record Request(long id, ChainId chain, Address contract, Hash32 requestId, long block) {}

    private record Failed(long id, Optional<Request> request, Optional<String> obstacle) {}

    private final Database database;
    private final RunExecutor executor;

    RunRetries(Database database, RunExecutor executor) {
        this.database = database;
        this.executor = executor;
    }

    RetryOutcome retry(long runId, OracleResponses responses) {
        Optional<Failed> seen = database.read(sql -> find(sql, runId, ""));
        if (seen.isEmpty()) {
            return new RetryOutcome.NoSuchRun();
        }
        Optional<String> obstacle = seen.get().obstacle().or(() -> answered(seen.get(), responses));
        return obstacle.isPresent()
                ? new RetryOutcome.Refused(obstacle.get())
                : database.write(tx -> retryLocked(tx, runId));
    }

    private static Optional<String> answered(Failed run, OracleResponses responses) {
        try {
            return run.request()
                    .filter(request -> responses.isAnswered(
                            request.chain(), request.contract(), request.requestId(), request.block()))
                    .map(request -> "the request is answered on chain already");
        } catch (RuntimeException e) {
            return Optional.of("the chain cannot be asked now whether the request is answered, try again later: "
                    + e.getMessage());
        }
    }

    private RetryOutcome retryLocked(WriteTransaction tx, long runId) {
        tx.sql().createQuery("""
                        SELECT d.id FROM carabiner.direct_requests d JOIN carabiner.runs r ON r.request_id = d.id
                        WHERE r.id = :run FOR UPDATE OF d""").bind("run", runId).mapTo(Long.class).list();
        Optional<Failed> run = find(tx.sql(), runId, " FOR UPDATE OF r");
        if (run.isEmpty()) {
            return new RetryOutcome.NoSuchRun();
        }
        Optional<String> obstacle = run.get().obstacle().or(() -> transactionInTheWay(tx.sql(), runId));
        if (obstacle.isPresent()) {
            return new RetryOutcome.Refused(obstacle.get());
        }
        StoredRun again = insert(tx, run.get());
        tx.afterCommit(() -> executor.submitAll(List.of(again)));
        return new RetryOutcome.Started(again.id());
    }

    private static Optional<String> transactionInTheWay(Handle sql, long runId) {
        List<UUID> tasks = sql.createQuery("SELECT id FROM carabiner.task_runs WHERE run_id = :run")
                .bind("run", runId)
                .mapTo(UUID.class)
                .list();
        Map<UUID, TransactionFate> fates = TransactionFate.ofTaskRuns(sql, tasks);
        if (fates.containsValue(TransactionFate.DONE)) {
            return Optional.of("a transaction of the run did what was asked");
        }
        return fates.containsValue(TransactionFate.UNDER_WAY)
                ? Optional.of("a transaction of the run may still be mined: try again when it is final")
                : Optional.empty();
    }

    private static StoredRun insert(WriteTransaction tx, Failed run) {
        StoredRun again =
                RunStore.stored(tx.sql().createQuery("""
                        INSERT INTO carabiner.runs (job_id, job_version, request_id, state, inputs)
                        SELECT r.job_id, j.version, r.request_id, 'running', r.inputs
                        FROM carabiner.runs r JOIN carabiner.jobs j ON j.id = r.job_id WHERE r.id = :run
                        RETURNING id, job_id, job_version, inputs""").bind("run", run.id())).getFirst();
        tx.sql().execute("UPDATE carabiner.runs SET retried_as = ? WHERE id = ?", again.id(), run.id());
        run.request().ifPresent(request -> tx.sql()
                .execute("UPDATE carabiner.direct_requests SET run_id = ? WHERE id = ?", again.id(), request.id()));
        return again;
    }

    private static Optional<Failed> find(Handle sql, long runId, String lock) {
        return sql.createQuery("""
                        SELECT r.id, d.id AS request, d.chain_id, d.contract, d.request_id,
                            d.block_number, CASE
                            WHEN r.job_id IN (SELECT id FROM carabiner.jobs WHERE deleted_at IS NOT NULL)
                                THEN 'the job was deleted'
                            WHEN r.state <> 'errored' THEN 'the run has not failed: it is ' || r.state
                            WHEN r.retried_as IS NOT NULL THEN 'the run was retried as run ' || r.retried_as
                            WHEN d.id IS NULL THEN NULL
                            WHEN d.state = 'cancelled' THEN 'the request was cancelled by its requester'
                            WHEN d.run_id IS DISTINCT FROM r.id THEN 'the request has another run: ' || d.run_id
                            WHEN d.state <> 'started' OR NOT d.on_chain
                                THEN 'the request is not on the chain any more (reorg): it is run again if it returns'
                            END AS obstacle
                        FROM carabiner.runs r LEFT JOIN carabiner.direct_requests d ON d.id = r.request_id
                        WHERE r.id = :run""" + lock)
                .bind("run", runId)
                .map((row, context) ->
                        new Failed(row.getLong("id"), request(row), Optional.ofNullable(row.getString("obstacle"))))
                .findOne();
    }

    private static Optional<Request> request(ResultSet row) throws SQLException {
        long id = row.getLong("request");
        BigDecimal chain = row.getBigDecimal("chain_id");
        return chain == null
                ? Optional.empty()
                : Optional.of(new Request(
                        id,
                        new ChainId(chain.toBigIntegerExact()),
                        Address.of(row.getBytes("contract")),
                        Hash32.of(row.getBytes("request_id")),
                        row.getLong("block_number")));
    }
}
