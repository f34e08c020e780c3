package io.carabiner.jobs;

import io.carabiner.database.WriteTransaction;
import io.carabiner.evm.LogEntry;
import io.carabiner.jobs.RequestDecision.Accept;
import io.carabiner.jobs.RequestDecision.Cancel;
import io.carabiner.jobs.RequestDecision.Reject;
import io.carabiner.jobs.RequestDecision.Unreadable;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.statement.SqlStatement;

/** The SQL of requests. Every statement works on all rows of a batch at once. */
final class RequestStore {

    /** How many requests become runs in one transaction; the next batch takes the rest. */
    static final int RIPE_MAX = 2_000;

    /**
     * A request as it is stored.
     *
     * @param state {@code waiting} or {@code rejected}
     * @param reason why it was rejected; empty otherwise
     * @param inputs the run's variables as JSON; empty where there will be no run
     */
    private record Row(
            int jobId, LogEntry log, Hash32 requestId, String state, String reason, String inputs, long ripeAt) {

        static Row of(Accept accept) {
            return new Row(
                    accept.jobId(),
                    accept.log(),
                    accept.requestId(),
                    "waiting",
                    "",
                    accept.inputsJson(),
                    accept.ripeAtBlock());
        }

        static Row of(Reject reject) {
            return new Row(reject.jobId(), reject.log(), reject.requestId(), "rejected", reject.reason(), "", 0);
        }
    }

    private RequestStore() {}

    /**
     * What was given from a block on is void: what waits for confirmations or has failed is made anew when it is given
     * again, what has another run is noted to be off the chain, and a cancellation that is gone does not count. The
     * same batch or a later one gives them again.
     */
    static void voidFrom(WriteTransaction tx, ChainId chain, long block) {
        tx.sql()
                .createUpdate("""
                        UPDATE carabiner.direct_requests d SET
                            state = CASE
                                WHEN block_number >= :block AND (state IN ('waiting', 'rejected', 'cancelled')
                                        OR (state = 'started' AND EXISTS (SELECT 1 FROM carabiner.runs r
                                            WHERE r.id = d.run_id AND r.state = 'errored')))
                                    THEN 'vanished'
                                WHEN block_number < :block AND state = 'cancelled' THEN 'waiting'
                                ELSE state END,
                            cancelled_at_block = CASE WHEN cancelled_at_block >= :block
                                THEN NULL ELSE cancelled_at_block END,
                            on_chain = block_number < :block
                        WHERE chain_id = :chain AND (block_number >= :block
                            OR (state = 'cancelled' AND cancelled_at_block >= :block))""")
                .bind("chain", new BigDecimal(chain.value()))
                .bind("block", block)
                .execute();
    }

    /**
     * Stores requests by their identity: one that is known moves to its new place, and is answered once all the same.
     */
    static void upsert(WriteTransaction tx, ChainId chain, List<RequestDecision> decisions) {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (RequestDecision decision : decisions) {
            switch (decision) {
                case Accept accept ->
                    rows.putIfAbsent(identity(accept.log(), accept.requestId().toString()), Row.of(accept));
                case Reject reject ->
                    rows.putIfAbsent(identity(reject.log(), reject.requestId().toString()), Row.of(reject));
                case Unreadable ignored -> {}
                case Cancel ignored -> {}
                case RequestDecision.Ignore() -> {}
            }
        }
        if (!rows.isEmpty()) {
            upsertRows(tx, chain, List.copyOf(rows.values()));
        }
    }

    private static String identity(LogEntry log, String requestId) {
        return log.address() + "/" + requestId;
    }

    private static void upsertRows(WriteTransaction tx, ChainId chain, List<Row> rows) {
        bindPlaces(tx.sql().createUpdate("""
                        INSERT INTO carabiner.direct_requests AS d (chain_id, contract, request_id, job_id, state,
                            reason, inputs,
                            block_number, block_hash, transaction_hash, log_index, ripe_at_block)
                        SELECT :chain, u.contract, u.request_id, u.job_id, u.state, nullif(u.reason, ''),
                            nullif(u.inputs, '')::json,
                            u.block_number, u.block_hash, u.transaction_hash, u.log_index, u.ripe_at_block
                        FROM unnest(:contracts::bytea[], :requests::bytea[], :jobs::int[], :states::text[],
                            :reasons::text[], :inputs::text[], :blocks::bigint[], :blockHashes::bytea[],
                            :transactions::bytea[], :indexes::bigint[], :ripe::bigint[])
                            AS u (contract, request_id, job_id, state, reason, inputs, block_number, block_hash,
                                transaction_hash, log_index, ripe_at_block)
                        JOIN carabiner.jobs j ON j.id = u.job_id
                        ON CONFLICT ON CONSTRAINT direct_requests_identity DO UPDATE SET
                            block_number = EXCLUDED.block_number, block_hash = EXCLUDED.block_hash,
                            transaction_hash = EXCLUDED.transaction_hash, log_index = EXCLUDED.log_index,
                            on_chain = true,
                            ripe_at_block = CASE WHEN d.state = 'vanished'
                                THEN EXCLUDED.ripe_at_block ELSE d.ripe_at_block END,
                            inputs = CASE WHEN d.state = 'vanished' THEN EXCLUDED.inputs ELSE d.inputs END,
                            reason = CASE WHEN d.state = 'vanished' THEN EXCLUDED.reason ELSE d.reason END,
                            state = CASE WHEN d.state = 'vanished' THEN EXCLUDED.state ELSE d.state END
                        """), chain, rows, Row::log)
                .bindArray(
                        "requests",
                        byte[].class,
                        rows.stream().map(row -> row.requestId().toArray()).toArray())
                .bindArray("jobs", Integer.class, rows.stream().map(Row::jobId).toArray())
                .bindArray("states", String.class, rows.stream().map(Row::state).toArray())
                .bindArray(
                        "reasons", String.class, rows.stream().map(Row::reason).toArray())
                .bindArray(
                        "inputs", String.class, rows.stream().map(Row::inputs).toArray())
                .bindArray("ripe", Long.class, rows.stream().map(Row::ripeAt).toArray())
                .execute();
    }

    private static <T, S extends SqlStatement<S>> S bindPlaces(
            S statement, ChainId chain, List<T> rows, Function<T, LogEntry> log) {
        List<LogEntry> logs = rows.stream().map(log).toList();
        return statement
                .bind("chain", new BigDecimal(chain.value()))
                .bindArray(
                        "contracts",
                        byte[].class,
                        logs.stream().map(entry -> entry.address().toArray()).toArray())
                .bindArray(
                        "blocks",
                        Long.class,
                        logs.stream().map(LogEntry::blockNumber).toArray())
                .bindArray(
                        "blockHashes",
                        byte[].class,
                        logs.stream().map(entry -> entry.blockHash().toArray()).toArray())
                .bindArray(
                        "transactions",
                        byte[].class,
                        logs.stream()
                                .map(entry -> entry.transactionHash().toArray())
                                .toArray())
                .bindArray(
                        "indexes",
                        Long.class,
                        logs.stream().map(LogEntry::logIndex).toArray());
    }

    /** Stores events that cannot be read, each once, with the reason. */
    static void insertUnreadable(WriteTransaction tx, ChainId chain, List<Unreadable> rows) {
        if (rows.isEmpty()) {
            return;
        }
        bindPlaces(tx.sql().createUpdate("""
                        INSERT INTO carabiner.direct_requests AS d (chain_id, contract, job_id, state, reason,
                            block_number, block_hash, transaction_hash, log_index, ripe_at_block)
                        SELECT :chain, u.contract, u.job_id, 'rejected', u.reason,
                            u.block_number, u.block_hash, u.transaction_hash, u.log_index, 0
                        FROM unnest(:contracts::bytea[], :jobs::int[], :reasons::text[],
                            :blocks::bigint[], :blockHashes::bytea[], :transactions::bytea[], :indexes::bigint[])
                            AS u (contract, job_id, reason, block_number, block_hash, transaction_hash, log_index)
                        JOIN carabiner.jobs j ON j.id = u.job_id
                        ON CONFLICT (chain_id, block_hash, log_index) WHERE request_id IS NULL
                        DO UPDATE SET state = 'rejected', on_chain = true"""), chain, rows, Unreadable::log)
                .bindArray(
                        "jobs",
                        Integer.class,
                        rows.stream().map(Unreadable::jobId).toArray())
                .bindArray(
                        "reasons",
                        String.class,
                        rows.stream().map(Unreadable::reason).toArray())
                .execute();
    }

    /** Requests that were taken back and have sent nothing yet are not answered. */
    static void cancel(WriteTransaction tx, ChainId chain, List<Cancel> cancels) {
        if (cancels.isEmpty()) {
            return;
        }
        tx.sql()
                .createUpdate("""
                        UPDATE carabiner.direct_requests d SET state = 'cancelled', cancelled_at_block = u.block_number
                        FROM unnest(:contracts::bytea[], :requests::bytea[], :blocks::bigint[])
                            AS u (contract, request_id, block_number)
                        WHERE d.chain_id = :chain AND d.contract = u.contract AND d.request_id = u.request_id
                            AND (d.state = 'waiting' OR (d.state = 'started' AND EXISTS (
                                SELECT 1 FROM carabiner.runs r WHERE r.id = d.run_id AND r.state = 'running')))""")
                .bind("chain", new BigDecimal(chain.value()))
                .bindArray(
                        "contracts",
                        byte[].class,
                        cancels.stream()
                                .map(cancel -> cancel.log().address().toArray())
                                .toArray())
                .bindArray(
                        "requests",
                        byte[].class,
                        cancels.stream()
                                .map(cancel -> cancel.requestId().toArray())
                                .toArray())
                .bindArray(
                        "blocks",
                        Long.class,
                        cancels.stream()
                                .map(cancel -> cancel.log().blockNumber())
                                .toArray())
                .execute();
    }

    /** Makes a run of every request that has its confirmations at this block, unless its job is paused. */
    static List<StoredRun> startRipe(WriteTransaction tx, ChainId chain, long block) {
        return RunStore.stored(tx.sql()
                .createQuery("""
                        WITH ripe AS (
                            SELECT d.id, d.job_id, j.version, d.inputs FROM carabiner.direct_requests d
                            JOIN carabiner.jobs j ON j.id = d.job_id
                            WHERE d.chain_id = :chain AND d.state = 'waiting' AND d.ripe_at_block <= :block
                                AND j.paused_at IS NULL AND j.deleted_at IS NULL
                            ORDER BY d.ripe_at_block, d.block_number, d.log_index LIMIT :limit FOR UPDATE OF d
                        ), made AS (
                            INSERT INTO carabiner.runs (job_id, job_version, request_id, state, inputs)
                            SELECT job_id, version, id, 'running', inputs FROM ripe
                            RETURNING id, job_id, job_version, request_id, inputs
                        ), started AS (
                            UPDATE carabiner.direct_requests d SET state = 'started', run_id = made.id
                            FROM made WHERE d.id = made.request_id
                        )
                        SELECT id, job_id, job_version, inputs FROM made ORDER BY id""")
                .bind("chain", new BigDecimal(chain.value()))
                .bind("block", block)
                .bind("limit", RIPE_MAX));
    }

    /** The requests of a job that have not begun are not answered any more, for this reason. */
    static void refuseWaiting(WriteTransaction tx, int jobId, String reason) {
        tx.sql().execute("""
                        UPDATE carabiner.direct_requests SET state = 'rejected', reason = ?
                        WHERE job_id = ? AND state = 'waiting'""", reason, jobId);
    }
}
