package io.carabiner.txm;

import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes into rows inside an open transaction: one or two statements for each kind of change, whatever the
 * number of rows.
 */
final class RowWriter {

    /** The code of the fault by which rows are read again. */
    static final String ROWS_MOVED = "TXM_ROWS_MOVED";

    private static final String INSERT_ATTEMPTS = """
            INSERT INTO carabiner.tx_attempts
                (eth_tx_id, hash, signed_raw_tx, tx_type, gas_price, gas_tip_cap, gas_fee_cap,
                 chain_specific_gas_limit, state, is_purge_attempt)
            SELECT id, hash, raw, type, price, tip, cap, gas, 'in_progress', purge
            FROM unnest(:ids, :hashes, :raws, :types, :prices, :tips, :caps, :gas, :purges)
                AS a (id, hash, raw, type, price, tip, cap, gas, purge)
            """;

    private final Handle sql;
    private final ChainId chain;
    private final Address key;

    RowWriter(Handle sql, ChainId chain, Address key) {
        this.sql = sql;
        this.chain = chain;
        this.key = key;
    }

    /** Everything but {@link RowChange.Settled}, which needs an answer. */
    void write(List<RowChange> changes) {
        refused(of(changes, RowChange.Refused.class).toList());
        purgeReasons(of(changes, RowChange.GivenUp.class).toList(), RowChange.GivenUp::id, RowChange.GivenUp::reason);
        started(of(changes, RowChange.Started.class));
        replaced(of(changes, RowChange.Replaced.class));
        new AdoptionRows(sql, this)
                .write(
                        of(changes, RowChange.AdoptedQueued.class).toList(),
                        of(changes, RowChange.Adopted.class).toList());
        revived(of(changes, RowChange.Revived.class).toList());
        sent(of(changes, RowChange.Sent.class));
        attemptState(
                of(changes, RowChange.LacksFunds.class),
                RowChange.LacksFunds::attempt,
                AttemptState.INSUFFICIENT_FUNDS);
        attemptState(of(changes, RowChange.Withdrawn.class), RowChange.Withdrawn::attempt, AttemptState.SUPERSEDED);
        states(of(changes, RowChange.ReceiptMissing.class).map(RowChange.ReceiptMissing::id), """
                SET state = 'confirmed_missing_receipt',
                    initial_broadcast_at = coalesce(initial_broadcast_at, now())""");
        states(of(changes, RowChange.BackInPool.class).map(RowChange.BackInPool::id), "SET state = 'unconfirmed'");
        reorged(of(changes, RowChange.Reorged.class).map(RowChange.Reorged::id).toList());
        removeReceipts(
                of(changes, RowChange.Moved.class).map(RowChange.Moved::id).toList());
        mined(Stream.concat(
                        of(changes, RowChange.Moved.class)
                                .map(moved ->
                                        new RowChange.Mined(moved.id(), moved.nonce(), moved.receipt(), moved.purge())),
                        of(changes, RowChange.Mined.class))
                .toList());
        lost(of(changes, RowChange.Lost.class).toList());
        finalized(of(changes, RowChange.Finalized.class)
                .flatMap(block -> block.ids().stream())
                .toList());
        filled(of(changes, RowChange.Filled.class).toList());
        of(changes, RowChange.Noted.class).forEach(note -> ActionRows.insert(sql, chain, key, note));
    }

    private static <C extends RowChange> Stream<C> of(List<RowChange> changes, Class<C> kind) {
        return changes.stream().filter(kind::isInstance).map(kind::cast);
    }

    private void refused(List<RowChange.Refused> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Update update = sql.createUpdate("""
                UPDATE carabiner.txes t SET state = 'fatal_error', error = u.error
                FROM unnest(:ids, :errors) AS u (id, error)
                WHERE t.id = u.id AND t.state = 'unstarted'""");
        expect(
                changes.size(),
                SqlArrays.of(sql, update, changes)
                        .longs("ids", RowChange.Refused::id)
                        .texts("errors", RowChange.Refused::error)
                        .statement());
    }

    private <C> void purgeReasons(
            List<C> changes, Function<C, @Nullable Long> id, Function<C, @Nullable String> reason) {
        if (changes.isEmpty()) {
            return;
        }
        Update update = sql.createUpdate("""
                UPDATE carabiner.txes t SET purge_reason = coalesce(t.purge_reason, u.reason)
                FROM unnest(:ids, :reasons) AS u (id, reason)
                WHERE t.id = u.id AND t.tracked""");
        expect(
                changes.size(),
                SqlArrays.of(sql, update, changes)
                        .longs("ids", id)
                        .texts("reasons", reason)
                        .statement());
    }

    private void started(Stream<RowChange.Started> all) {
        List<RowChange.Started> changes = all.toList();
        if (changes.isEmpty()) {
            return;
        }
        Update update = sql.createUpdate("""
                UPDATE carabiner.txes t SET state = 'in_progress', nonce = u.nonce, tracked = true
                FROM unnest(:ids, :nonces) AS u (id, nonce)
                WHERE t.id = u.id AND t.state = 'unstarted'""");
        expect(
                changes.size(),
                SqlArrays.of(sql, update, changes)
                        .longs("ids", RowChange.Started::id)
                        .longs("nonces", RowChange.Started::nonce)
                        .statement());
        insertAttempts(changes.stream()
                .map(change -> new NewAttempt(change.id(), change.attempt()))
                .toList());
    }

    private void replaced(Stream<RowChange.Replaced> all) {
        List<RowChange.Replaced> changes = all.toList();
        if (changes.isEmpty()) {
            return;
        }
        purgeReasons(
                changes, RowChange.Replaced::id, change -> change.purgeReason().orElse(null));
        supersede(changes.stream().map(RowChange.Replaced::id).toList());
        insertAttempts(changes.stream()
                .map(change -> new NewAttempt(change.id(), change.attempt()))
                .toList());
    }

    void supersede(List<Long> ids) {
        Update supersede = sql.createUpdate("""
                UPDATE carabiner.tx_attempts SET state = 'superseded'
                WHERE eth_tx_id = ANY (:ids) AND state IN ('in_progress', 'insufficient_eth')""");
        SqlArrays.of(sql, supersede, ids).longs("ids", id -> id).statement().execute();
    }

    private void revived(List<RowChange.Revived> changes) {
        if (!changes.isEmpty()) {
            supersede(changes.stream().map(RowChange.Revived::id).toList());
            attemptState(changes.stream(), RowChange.Revived::attempt, AttemptState.IN_PROGRESS);
        }
    }

    private void sent(Stream<RowChange.Sent> all) {
        List<RowChange.Sent> changes = all.toList();
        if (changes.isEmpty()) {
            return;
        }
        Update attempts = sql.createUpdate("""
                UPDATE carabiner.tx_attempts a
                SET state = 'broadcast', broadcast_before_block_num = coalesce(a.broadcast_before_block_num, u.block)
                FROM unnest(:hashes, :blocks) AS u (hash, block)
                WHERE a.hash = u.hash""");
        expect(
                changes.size(),
                SqlArrays.of(sql, attempts, changes)
                        .bytes("hashes", change -> change.attempt().bytes())
                        .longs("blocks", RowChange.Sent::beforeBlock)
                        .statement());
        Update rows = sql.createUpdate("""
                UPDATE carabiner.txes
                SET state = 'unconfirmed', initial_broadcast_at = coalesce(initial_broadcast_at, now())
                WHERE id = ANY (:ids) AND state = 'in_progress'""");
        SqlArrays.of(sql, rows, changes)
                .longs("ids", RowChange.Sent::id)
                .statement()
                .execute();
    }

    private <C> void attemptState(Stream<C> all, Function<C, Hash32> attempt, AttemptState state) {
        List<C> changes = all.toList();
        if (changes.isEmpty()) {
            return;
        }
        Update update = sql.createUpdate("UPDATE carabiner.tx_attempts SET state = :state WHERE hash = ANY (:hashes)");
        expect(
                changes.size(),
                SqlArrays.of(sql, update, changes)
                        .bytes("hashes", change -> attempt.apply(change).bytes())
                        .statement()
                        .bind("state", state.word()));
    }

    private void states(Stream<Long> all, String assignments) {
        List<Long> ids = all.toList();
        if (ids.isEmpty()) {
            return;
        }
        Update update = sql.createUpdate("UPDATE carabiner.txes " + assignments + " WHERE id = ANY (:ids) AND tracked");
        expect(ids.size(), SqlArrays.of(sql, update, ids).longs("ids", id -> id).statement());
    }

    private void removeReceipts(List<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        Update delete = sql.createUpdate("DELETE FROM carabiner.tx_receipts WHERE eth_tx_id = ANY (:ids)");
        expect(ids.size(), SqlArrays.of(sql, delete, ids).longs("ids", id -> id).statement());
    }

    /** Back on the way, and to be sent at once: the newest attempt that was not withdrawn. */
    private void reorged(List<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        removeReceipts(ids);
        states(ids.stream(), "SET state = 'unconfirmed', error = NULL");
        Update resend = sql.createUpdate("""
                UPDATE carabiner.tx_attempts SET state = 'in_progress', broadcast_before_block_num = NULL
                WHERE id IN (
                    SELECT DISTINCT ON (eth_tx_id) id FROM carabiner.tx_attempts
                    WHERE eth_tx_id = ANY (:ids) AND state <> 'superseded'
                    ORDER BY eth_tx_id, id DESC)
                  AND state = 'broadcast'""");
        SqlArrays.of(sql, resend, ids).longs("ids", id -> id).statement().execute();
    }

    private void mined(List<RowChange.Mined> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Update insert = sql.createUpdate("""
                INSERT INTO carabiner.tx_receipts
                    (eth_tx_id, tx_hash, block_hash, block_number, transaction_index, successful, receipt,
                     effective_gas_price)
                SELECT id, hash, block_hash, block, place, successful, receipt::json, price
                FROM unnest(:ids, :hashes, :blockHashes, :blocks, :places, :successes, :receipts, :prices)
                    AS r (id, hash, block_hash, block, place, successful, receipt, price)""");
        SqlArrays.of(sql, insert, changes)
                .longs("ids", RowChange.Mined::id)
                .bytes("hashes", change -> change.receipt().transactionHash().bytes())
                .bytes("blockHashes", change -> change.receipt().blockHash().bytes())
                .longs("blocks", change -> change.receipt().blockNumber())
                .longs("places", change -> change.receipt().transactionIndex())
                .booleans("successes", change -> change.receipt().successful())
                .texts("receipts", change -> change.receipt().json())
                .wei("prices", change -> change.receipt().effectiveGasPrice().orElse(null))
                .statement()
                .execute();
        markMined(changes);
    }

    private void markMined(List<RowChange.Mined> changes) {
        Update rows = sql.createUpdate("""
                UPDATE carabiner.txes t
                SET state = CASE WHEN u.purge THEN 'fatal_error' ELSE 'confirmed' END,
                    error = CASE WHEN u.purge THEN coalesce(t.purge_reason, 'transaction purged') END,
                    initial_broadcast_at = coalesce(t.initial_broadcast_at, now())
                FROM unnest(:ids, :purges) AS u (id, purge)
                WHERE t.id = u.id AND t.tracked""");
        expect(
                changes.size(),
                SqlArrays.of(sql, rows, changes)
                        .longs("ids", RowChange.Mined::id)
                        .booleans("purges", RowChange.Mined::purge)
                        .statement());
        Update attempts = sql.createUpdate("""
                UPDATE carabiner.tx_attempts a SET state = 'broadcast', broadcast_before_block_num = u.block
                FROM unnest(:hashes, :blocks) AS u (hash, block)
                WHERE a.hash = u.hash AND a.state <> 'broadcast'""");
        SqlArrays.of(sql, attempts, changes)
                .bytes("hashes", change -> change.receipt().transactionHash().bytes())
                .longs("blocks", change -> change.receipt().blockNumber())
                .statement()
                .execute();
    }

    private void lost(List<RowChange.Lost> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Update update = sql.createUpdate("""
                UPDATE carabiner.txes t SET state = 'fatal_error', tracked = false, error = u.error
                FROM unnest(:ids, :errors) AS u (id, error)
                WHERE t.id = u.id AND t.tracked""");
        expect(
                changes.size(),
                SqlArrays.of(sql, update, changes)
                        .longs("ids", RowChange.Lost::id)
                        .texts("errors", RowChange.Lost::error)
                        .statement());
    }

    /** A purged one stays what it is: failed. */
    private void finalized(List<Long> ids) {
        states(ids.stream(), """
                SET tracked = false, state = CASE state WHEN 'confirmed' THEN 'finalized' ELSE state END""");
    }

    /** Nothing is inserted where a row has the nonce already. */
    private void filled(List<RowChange.Filled> changes) {
        for (RowChange.Filled change : changes) {
            Payload payload = change.payload();
            sql.createQuery("""
                            INSERT INTO carabiner.txes
                                (evm_chain_id, from_address, to_address, encoded_payload, value, gas_limit, state,
                                 nonce, tracked, purge_reason, fail_on_revert, signal_callback)
                            VALUES (:chain, :from, :to, :data, :value, :gas, 'in_progress', :nonce, true, :reason,
                                    false, false)
                            ON CONFLICT (evm_chain_id, from_address, nonce) DO NOTHING
                            RETURNING id""")
                    .bind("chain", new BigDecimal(chain.value()))
                    .bind("from", key.toArray())
                    .bind("to", payload.to().toArray())
                    .bind("data", payload.data().toArray())
                    .bind("value", new BigDecimal(payload.value().amount()))
                    .bind("gas", payload.gasLimit())
                    .bind("nonce", change.nonce())
                    .bind("reason", "fills a nonce that nothing else had taken")
                    .mapTo(Long.class)
                    .findOne()
                    .ifPresent(id -> insertAttempts(List.of(new NewAttempt(id, change.attempt()))));
        }
    }

    void insertAttempts(List<NewAttempt> attempts) {
        Update insert = sql.createUpdate(INSERT_ATTEMPTS);
        expect(
                attempts.size(),
                SqlArrays.of(sql, insert, attempts)
                        .longs("ids", NewAttempt::transaction)
                        .bytes("hashes", attempt -> attempt.signed().hash().bytes())
                        .bytes("raws", attempt -> attempt.signed().raw())
                        .ints("types", NewAttempt::type)
                        .wei("prices", NewAttempt::gasPrice)
                        .wei("tips", NewAttempt::tipCap)
                        .wei("caps", NewAttempt::feeCap)
                        .longs("gas", attempt -> attempt.signed().gasLimit())
                        .booleans("purges", attempt -> attempt.signed().purge())
                        .statement());
    }

    static void expect(int rows, Update update) {
        int changed = update.execute();
        if (changed != rows) {
            throw new TxmException(
                    ROWS_MOVED,
                    "The stored transactions are not as this process remembers them (" + changed + " of " + rows
                            + " rows matched); they are read again.");
        }
    }

    /** An attempt and the transaction it belongs to. */
    record NewAttempt(long transaction, SignedAttempt signed) {

        int type() {
            return TransactionEncoding.type(signed.raw());
        }

        @Nullable
        Wei gasPrice() {
            return signed.fee() instanceof FeeQuote.Legacy fee ? fee.gasPrice() : null;
        }

        @Nullable
        Wei tipCap() {
            return signed.fee() instanceof FeeQuote.Dynamic fee ? fee.tipCap() : null;
        }

        @Nullable
        Wei feeCap() {
            return signed.fee() instanceof FeeQuote.Dynamic fee ? fee.feeCap() : null;
        }
    }
}
