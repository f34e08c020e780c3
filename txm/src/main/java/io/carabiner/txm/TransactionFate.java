package io.carabiner.txm;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** How a transaction fares, for whoever must not ask for the same thing twice. */
public enum TransactionFate {
    /** It may still be mined, or be mined in another way: also while a revert is not final. */
    UNDER_WAY,
    /** It was mined and did what was asked. Until that is final a reorganisation makes it under way again. */
    DONE,
    /** It will never do what was asked: it reverted for good, or its nonce was used otherwise. */
    FAILED;

    private static final String QUERY = """
            SELECT t.state, r.successful FROM carabiner.txes t
            LEFT JOIN carabiner.tx_receipts r ON r.eth_tx_id = t.id WHERE t.id = :id""";

    /** The fate of a transaction as the handle's transaction sees it; empty if there is none of this id (any more). */
    public static Optional<TransactionFate> of(Handle sql, long id) {
        return sql.createQuery(QUERY)
                .bind("id", id)
                .map((row, context) ->
                        of(TransactionState.ofWord(row.getString("state")), row.getBoolean("successful")))
                .findOne();
    }

    /** The fates of the transactions that task runs asked for; a task run without one is left out. */
    public static Map<UUID, TransactionFate> ofTaskRuns(Handle sql, Collection<UUID> taskRuns) {
        Map<UUID, TransactionFate> fates = new HashMap<>();
        sql.createQuery("""
                        SELECT t.pipeline_task_run_id, t.state, r.successful FROM carabiner.txes t
                        LEFT JOIN carabiner.tx_receipts r ON r.eth_tx_id = t.id
                        WHERE t.pipeline_task_run_id = ANY(:tasks)""")
                .bindArray("tasks", UUID.class, taskRuns.toArray())
                .map((row, context) -> Map.entry(
                        row.getObject("pipeline_task_run_id", UUID.class),
                        of(TransactionState.ofWord(row.getString("state")), row.getBoolean("successful"))))
                .forEach(fate -> fates.put(fate.getKey(), fate.getValue()));
        return fates;
    }

    private static TransactionFate of(TransactionState state, boolean successful) {
        return switch (state) {
            case UNSTARTED, IN_PROGRESS, UNCONFIRMED, CONFIRMED_MISSING_RECEIPT -> UNDER_WAY;
            case CONFIRMED -> successful ? DONE : UNDER_WAY;
            case FINALIZED -> successful ? DONE : FAILED;
            case FATAL_ERROR -> FAILED;
        };
    }
}
