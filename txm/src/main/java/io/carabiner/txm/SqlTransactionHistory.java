package io.carabiner.txm;

import io.carabiner.database.Database;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The read model over the rows. */
final class SqlTransactionHistory implements TransactionHistory {

    private static final String TRANSACTION_COLUMNS = """
            t.id, t.evm_chain_id, t.state, t.from_address, t.to_address, t.encoded_payload, t.value, t.gas_limit,
            t.nonce, t.error, t.pipeline_task_run_id, t.created_at""";

    private static final String ATTEMPT_COLUMNS = """
            a.id AS attempt_id, a.hash, a.gas_price, a.gas_fee_cap, a.gas_tip_cap, a.signed_raw_tx,
            a.broadcast_before_block_num, a.created_at AS attempt_created_at""";

    /** The newest attempt of each transaction. */
    private static final String NEWEST = """
            LATERAL (SELECT * FROM carabiner.tx_attempts WHERE eth_tx_id = t.id ORDER BY id DESC LIMIT 1) a""";

    private final Database database;

    SqlTransactionHistory(Database database) {
        this.database = database;
    }

    @Override
    public TransactionPage transactions(int offset, int limit) {
        return page(
                "SELECT " + TRANSACTION_COLUMNS + ", " + ATTEMPT_COLUMNS + " FROM carabiner.txes t, " + NEWEST
                        + " ORDER BY t.id DESC OFFSET :offset LIMIT :limit",
                "SELECT count(DISTINCT eth_tx_id) FROM carabiner.tx_attempts",
                offset,
                limit);
    }

    @Override
    public TransactionPage attempts(int offset, int limit) {
        return page(
                "SELECT " + TRANSACTION_COLUMNS + ", " + ATTEMPT_COLUMNS
                        + " FROM carabiner.tx_attempts a JOIN carabiner.txes t ON t.id = a.eth_tx_id"
                        + " ORDER BY a.id DESC OFFSET :offset LIMIT :limit",
                "SELECT count(*) FROM carabiner.tx_attempts",
                offset,
                limit);
    }

    private TransactionPage page(String list, String count, int offset, int limit) {
        return database.read(sql -> new TransactionPage(
                sql.createQuery(list)
                        .bind("offset", offset)
                        .bind("limit", limit)
                        .map((row, context) -> transaction(row))
                        .list(),
                sql.createQuery(count).mapTo(Long.class).one()));
    }

    @Override
    public Optional<TransactionView> find(Hash32 attemptHash) {
        return database.read(sql -> sql.createQuery("SELECT " + TRANSACTION_COLUMNS + ", " + ATTEMPT_COLUMNS
                        + " FROM carabiner.tx_attempts a JOIN carabiner.txes t ON t.id = a.eth_tx_id"
                        + " WHERE a.hash = :hash")
                .bind("hash", attemptHash.toArray())
                .map((row, context) -> transaction(row))
                .findOne());
    }

    @Override
    public Optional<TransactionView> find(long id) {
        return database.read(sql -> find(sql, id));
    }

    private static Optional<TransactionView> find(Handle sql, long id) {
        return sql.createQuery("SELECT " + TRANSACTION_COLUMNS + ", " + ATTEMPT_COLUMNS
                        + " FROM carabiner.txes t LEFT JOIN " + NEWEST + " ON true WHERE t.id = :id")
                .bind("id", id)
                .map((row, context) -> transaction(row))
                .findOne();
    }

    @Override
    public List<AttemptView> attemptsOf(long id) {
        return database.read(sql -> sql.createQuery("SELECT " + ATTEMPT_COLUMNS
                        + " FROM carabiner.tx_attempts a WHERE a.eth_tx_id = :id ORDER BY a.id DESC")
                .bind("id", id)
                .map((row, context) -> attempt(row))
                .list());
    }

    @Override
    public Map<Long, List<AttemptView>> attemptsOf(Collection<Long> ids) {
        return database.read(sql -> sql.createQuery("SELECT a.eth_tx_id, " + ATTEMPT_COLUMNS
                        + " FROM carabiner.tx_attempts a WHERE a.eth_tx_id = ANY(:ids) ORDER BY a.id DESC")
                .bindArray("ids", Long.class, ids.toArray())
                .map((row, context) -> Map.entry(row.getLong("eth_tx_id"), attempt(row)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }

    private static TransactionView transaction(ResultSet row) throws SQLException {
        byte @Nullable [] hash = row.getBytes("hash");
        return new TransactionView(
                row.getLong("id"),
                new ChainId(row.getBigDecimal("evm_chain_id").toBigIntegerExact()),
                TransactionState.ofWord(row.getString("state")),
                RowReader.address(row, "from_address"),
                RowReader.address(row, "to_address"),
                RowReader.bytes(row, "encoded_payload"),
                RowReader.wei(row, "value"),
                row.getLong("gas_limit"),
                RowReader.optionalLong(row, "nonce"),
                RowReader.optionalText(row, "error"),
                RowReader.optionalUuid(row, "pipeline_task_run_id"),
                RowReader.instant(row, "created_at"),
                hash == null ? Optional.empty() : Optional.of(attempt(row)));
    }

    private static AttemptView attempt(ResultSet row) throws SQLException {
        return new AttemptView(
                row.getLong("attempt_id"),
                RowReader.hash(row, "hash"),
                RowReader.optionalWei(row, "gas_price"),
                RowReader.optionalWei(row, "gas_fee_cap"),
                RowReader.optionalWei(row, "gas_tip_cap"),
                RowReader.bytes(row, "signed_raw_tx"),
                RowReader.optionalLong(row, "broadcast_before_block_num"),
                RowReader.instant(row, "attempt_created_at"));
    }
}
