package io.carabiner.txm;

import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Writes that the chain has what a row wants, under an attempt that no row had, inside an open transaction. */
final class AdoptionRows {

    private final Handle sql;
    private final RowWriter writer;

    AdoptionRows(Handle sql, RowWriter writer) {
        this.sql = sql;
        this.writer = writer;
    }

    void write(List<RowChange.AdoptedQueued> queued, List<RowChange.Adopted> waiting) {
        if (!queued.isEmpty()) {
            giveNonces(queued);
            attempts(
                    queued.stream()
                            .map(change -> new RowWriter.NewAttempt(change.id(), change.attempt()))
                            .toList(),
                    queued.stream().map(RowChange.AdoptedQueued::block).toList());
        }
        if (!waiting.isEmpty()) {
            attempts(
                    waiting.stream()
                            .map(change -> new RowWriter.NewAttempt(change.id(), change.attempt()))
                            .toList(),
                    waiting.stream().map(RowChange.Adopted::block).toList());
        }
    }

    private void giveNonces(List<RowChange.AdoptedQueued> changes) {
        Update update = sql.createUpdate("""
                UPDATE carabiner.txes t
                SET state = 'unconfirmed', nonce = u.nonce, tracked = true, initial_broadcast_at = now()
                FROM unnest(:ids, :nonces) AS u (id, nonce)
                WHERE t.id = u.id AND t.state = 'unstarted'""");
        RowWriter.expect(
                changes.size(),
                SqlArrays.of(sql, update, changes)
                        .longs("ids", RowChange.AdoptedQueued::id)
                        .longs("nonces", RowChange.AdoptedQueued::nonce)
                        .statement());
    }

    /** They were sent: what was to be sent in their place is not sent any more. */
    private void attempts(List<RowWriter.NewAttempt> attempts, List<Long> blocks) {
        writer.supersede(
                attempts.stream().map(RowWriter.NewAttempt::transaction).toList());
        writer.insertAttempts(attempts);
        record Sent(RowWriter.NewAttempt attempt, long block) {}
        List<Sent> sent = IntStream.range(0, attempts.size())
                .mapToObj(i -> new Sent(attempts.get(i), blocks.get(i)))
                .toList();
        Update update = sql.createUpdate("""
                UPDATE carabiner.tx_attempts a SET state = 'broadcast', broadcast_before_block_num = u.block
                FROM unnest(:hashes, :blocks) AS u (hash, block)
                WHERE a.hash = u.hash""");
        RowWriter.expect(
                sent.size(),
                SqlArrays.of(sql, update, sent)
                        .bytes("hashes", one -> one.attempt().signed().hash().bytes())
                        .longs("blocks", Sent::block)
                        .statement());
    }
}
