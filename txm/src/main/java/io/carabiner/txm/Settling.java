package io.carabiner.txm;

import io.carabiner.database.WriteTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/** Tells who waits for transactions that they have ended, each once, inside the write transaction that ends them. */
final class Settling {

    private static final String SETTLE = """
            WITH told AS (
                UPDATE carabiner.txes SET callback_completed = true
                WHERE id = ANY (:ids) AND signal_callback AND NOT callback_completed
                RETURNING id, pipeline_task_run_id, state, fail_on_revert,
                          CASE WHEN state IN ('in_progress', 'unconfirmed', 'confirmed_missing_receipt')
                               THEN purge_reason ELSE error END AS error)
            SELECT told.*, r.tx_hash, r.block_number, r.block_hash, r.transaction_index, r.successful, r.receipt
            FROM told LEFT JOIN carabiner.tx_receipts r ON r.eth_tx_id = told.id
            ORDER BY told.id""";

    /** Told before, and over now without having done what was asked. */
    private static final String OVERTURNED = """
            SELECT t.id, t.pipeline_task_run_id, t.state, t.error, t.fail_on_revert, r.tx_hash, r.block_number,
                   r.block_hash, r.transaction_index, r.successful, r.receipt
            FROM carabiner.txes t LEFT JOIN carabiner.tx_receipts r ON r.eth_tx_id = t.id
            WHERE t.id = ANY (:ids) AND t.signal_callback AND t.callback_completed
              AND (t.state = 'fatal_error' OR NOT r.successful)
            ORDER BY t.id""";

    private final TransactionListener listener;

    Settling(TransactionListener listener) {
        this.listener = listener;
    }

    /** For those of the transactions that somebody waits for and was not told of. */
    void settle(WriteTransaction tx, List<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        Query told = tx.sql().createQuery(SETTLE);
        List<TransactionResult> results = SqlArrays.of(tx.sql(), told, ids)
                .longs("ids", id -> id)
                .statement()
                .map((row, context) -> result(row))
                .list();
        if (!results.isEmpty()) {
            listener.settled(tx, results);
        }
    }

    /** For those of the transactions that are over now and of which somebody was told before: perhaps the contrary. */
    void overturn(WriteTransaction tx, List<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        Query told = tx.sql().createQuery(OVERTURNED);
        List<TransactionResult> results = SqlArrays.of(tx.sql(), told, ids)
                .longs("ids", id -> id)
                .statement()
                .map((row, context) -> result(row))
                .list();
        if (!results.isEmpty()) {
            listener.overturned(tx, results);
        }
    }

    private static TransactionResult result(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        Optional<UUID> task = RowReader.optionalUuid(row, "pipeline_task_run_id");
        Optional<String> error = RowReader.optionalText(row, "error");
        if (error.isPresent()) {
            return new TransactionResult.Failed(id, task, error.get());
        }
        MinedReceipt receipt = new MinedReceipt(
                RowReader.hash(row, "tx_hash"),
                row.getLong("block_number"),
                RowReader.hash(row, "block_hash"),
                row.getLong("transaction_index"),
                row.getBoolean("successful"),
                row.getString("receipt"));
        return !receipt.successful() && row.getBoolean("fail_on_revert")
                ? new TransactionResult.Failed(
                        id,
                        task,
                        "transaction " + receipt.transactionHash() + " reverted on-chain",
                        OptionalLong.of(receipt.blockNumber()))
                : new TransactionResult.Confirmed(id, task, receipt);
    }
}
