package io.carabiner.txm;

import io.carabiner.database.Database;
import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The rows in PostgreSQL. */
final class SqlTransactionStore implements TransactionStore {

    private static final String IN_FLIGHT = """
            SELECT t.id, t.nonce, t.state, t.to_address, t.encoded_payload, t.value, t.gas_limit, t.purge_reason,
                   t.access_list,
                   t.signal_callback, t.callback_completed, t.min_confirmations, t.created_at,
                   a.hash, a.signed_raw_tx, a.gas_price, a.gas_tip_cap, a.gas_fee_cap, a.chain_specific_gas_limit,
                   a.is_purge_attempt, a.state AS attempt_state, a.broadcast_before_block_num
            FROM carabiner.txes t JOIN carabiner.tx_attempts a ON a.eth_tx_id = t.id
            WHERE t.evm_chain_id = :chain AND t.from_address = :from AND t.tracked
              AND t.state IN ('in_progress', 'unconfirmed', 'confirmed_missing_receipt')
            ORDER BY t.nonce, a.id""";

    private static final String QUEUED = """
            SELECT id, to_address, encoded_payload, value, gas_limit, access_list, signal_callback, callback_completed,
                   min_confirmations, created_at, meta, pipeline_task_run_id
            FROM carabiner.txes
            WHERE evm_chain_id = :chain AND from_address = :from AND state = 'unstarted' AND id <> ALL (:except)
            ORDER BY value, id LIMIT :limit""";

    private static final String MINED = """
            SELECT t.id, t.nonce, t.signal_callback, t.callback_completed, t.min_confirmations, t.created_at,
                   r.tx_hash, r.block_number, r.block_hash, a.is_purge_attempt
            FROM carabiner.txes t
            JOIN carabiner.tx_receipts r ON r.eth_tx_id = t.id
            JOIN carabiner.tx_attempts a ON a.hash = r.tx_hash
            WHERE t.evm_chain_id = :chain AND t.from_address = :from AND t.tracked
              AND t.state IN ('confirmed', 'fatal_error')
            ORDER BY r.block_number, t.nonce""";

    private final Database database;
    private final ChainId chain;
    private final Settling settling;
    private final SendGate gate;

    SqlTransactionStore(Database database, ChainId chain, TransactionListener listener, SendGate gate) {
        this.database = database;
        this.chain = chain;
        this.settling = new Settling(listener);
        this.gate = gate;
    }

    @Override
    public KeyRows load(Address key, long nowNanos) {
        return database.read(sql -> new KeyRows(highestNonce(sql, key), inFlight(sql, key, nowNanos), mined(sql, key)));
    }

    private OptionalLong highestNonce(Handle sql, Address key) {
        return ofKey(sql, key, """
                        SELECT max(nonce) AS highest FROM carabiner.txes
                        WHERE evm_chain_id = :chain AND from_address = :from""")
                .map((row, context) -> RowReader.optionalLong(row, "highest"))
                .one();
    }

    private List<InFlight> inFlight(Handle sql, Address key, long nowNanos) {
        Map<Long, InFlight> all = new LinkedHashMap<>();
        ofKey(sql, key, IN_FLIGHT)
                .map((row, context) -> inFlightRow(row, nowNanos))
                .forEach(part -> all.merge(part.id(), part, SqlTransactionStore::joined));
        return List.copyOf(all.values());
    }

    /** One row of the join: the transaction with one of its attempts. */
    private static InFlight inFlightRow(ResultSet row, long nowNanos) throws SQLException {
        return new InFlight(
                row.getLong("id"),
                row.getLong("nonce"),
                TransactionState.ofWord(row.getString("state")),
                RowReader.payload(row),
                List.of(RowReader.attempt(row)),
                RowReader.optionalText(row, "purge_reason"),
                RowReader.terms(row),
                Pace.at(nowNanos));
    }

    private static InFlight joined(InFlight first, InFlight more) {
        List<Attempt> attempts = new ArrayList<>(first.attempts());
        attempts.addAll(more.attempts());
        return first.withAttempts(attempts);
    }

    private List<MinedBlock> mined(Handle sql, Address key) {
        Map<BlockId, MinedBlock> blocks = new LinkedHashMap<>();
        ofKey(sql, key, MINED)
                .map((row, context) -> minedRow(row))
                .forEach(part -> blocks.merge(
                        part.id(),
                        part,
                        (there, more) -> there.with(more.transactions().getFirst())));
        return List.copyOf(blocks.values());
    }

    private static MinedBlock minedRow(ResultSet row) throws SQLException {
        MinedTransaction transaction = new MinedTransaction(
                row.getLong("id"),
                row.getLong("nonce"),
                RowReader.hash(row, "tx_hash"),
                row.getBoolean("is_purge_attempt"),
                RowReader.terms(row));
        return new MinedBlock(row.getLong("block_number"), RowReader.hash(row, "block_hash"), List.of(transaction));
    }

    @Override
    public List<Queued> queued(Address key, int limit, List<Long> except) {
        return database.read(sql -> {
            Query query = ofKey(sql, key, QUEUED).bind("limit", limit);
            return SqlArrays.of(sql, query, except)
                    .longs("except", id -> id)
                    .statement()
                    .map((row, context) -> queuedRow(row))
                    .list();
        });
    }

    private static Queued queuedRow(ResultSet row) throws SQLException {
        return new Queued(
                row.getLong("id"),
                RowReader.payload(row),
                RowReader.terms(row),
                RowReader.optionalText(row, "meta"),
                RowReader.optionalUuid(row, "pipeline_task_run_id"));
    }

    @Override
    public Optional<Standing> standing(Address key, long id) {
        return database.read(sql -> ofKey(sql, key, """
                        SELECT state, signal_callback AND NOT callback_completed AS awaited FROM carabiner.txes
                        WHERE evm_chain_id = :chain AND from_address = :from AND id = :id""")
                .bind("id", id)
                .map((row, context) ->
                        new Standing(TransactionState.ofWord(row.getString("state")), row.getBoolean("awaited")))
                .findOne());
    }

    private Query ofKey(Handle sql, Address key, String query) {
        return sql.createQuery(query)
                .bind("chain", new BigDecimal(chain.value()))
                .bind("from", key.toArray());
    }

    @Override
    public void write(Address key, List<RowChange> changes) {
        if (!changes.isEmpty()) {
            database.execute(tx -> {
                new RowWriter(tx.sql(), chain, key).write(changes);
                tellGate(tx, changes);
                // Before those that are told only now.
                settling.overturn(tx, over(changes));
                settle(tx, changes);
            });
        }
    }

    private void tellGate(WriteTransaction tx, List<RowChange> changes) {
        List<Long> started = changes.stream()
                .filter(RowChange.Started.class::isInstance)
                .map(change -> ((RowChange.Started) change).id())
                .toList();
        if (!started.isEmpty()) {
            gate.nonceGiven(tx, started);
        }
    }

    private static List<Long> over(List<RowChange> changes) {
        return changes.stream()
                .flatMap(change -> switch (change) {
                    case RowChange.Finalized block -> block.ids().stream();
                    case RowChange.Lost lost -> Stream.of(lost.id());
                    default -> Stream.<Long>empty();
                })
                .toList();
    }

    private void settle(WriteTransaction tx, List<RowChange> changes) {
        settling.settle(
                tx,
                changes.stream()
                        .filter(RowChange.Settled.class::isInstance)
                        .map(change -> ((RowChange.Settled) change).id())
                        .toList());
    }
}
