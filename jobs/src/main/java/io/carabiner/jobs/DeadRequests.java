package io.carabiner.jobs;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** The SQL of requests that will not be answered. */
final class DeadRequests {

    private static final String DEAD = """
            FROM carabiner.direct_requests d LEFT JOIN carabiner.runs r ON r.id = d.run_id
            WHERE d.state IN ('rejected', 'cancelled', 'vanished')
                OR (d.state = 'started' AND r.state = 'errored')""";

    private static final String COLUMNS = """
            SELECT d.id, d.job_id, d.chain_id, d.contract, d.request_id, d.transaction_hash, d.block_number, d.run_id,
                d.created_at, CASE d.state WHEN 'started' THEN 'errored' ELSE d.state END AS state,
                coalesce(CASE WHEN r.state = 'errored' THEN r.fatal_errors::text END, d.reason, CASE d.state
                    WHEN 'cancelled' THEN 'the request was cancelled by its requester'
                    ELSE 'the request is not on the chain any more (reorg)' END) AS reason\s""";

    private DeadRequests() {}

    /** A part of all, newest first. */
    static Page<DeadRequest> page(Handle sql, int offset, int limit) {
        long count =
                sql.createQuery("SELECT count(*) " + DEAD).mapTo(Long.class).one();
        return new Page<>(
                sql.createQuery(COLUMNS + DEAD + " ORDER BY d.id DESC OFFSET :offset LIMIT :limit")
                        .bind("offset", offset)
                        .bind("limit", limit)
                        .map((row, context) -> read(row))
                        .list(),
                count);
    }

    private static DeadRequest read(ResultSet row) throws SQLException {
        int job = row.getInt("job_id");
        OptionalInt jobId = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(job);
        long run = row.getLong("run_id");
        OptionalLong runId = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(run);
        return new DeadRequest(
                row.getLong("id"),
                jobId,
                new ChainId(row.getBigDecimal("chain_id").toBigIntegerExact()),
                Address.of(row.getBytes("contract")),
                Optional.ofNullable(row.getBytes("request_id")).map(Hash32::of),
                Hash32.of(row.getBytes("transaction_hash")),
                row.getLong("block_number"),
                row.getString("state"),
                row.getString("reason"),
                runId,
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
