package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The rows of one key as a plain model, written without a look at {@link KeyState}: what it holds survives a crash, and
 * it refuses what the tables' checks refuse.
 */
final class MemoryStore implements TransactionStore {

    /** A stored transaction. */
    static final class Row {
        final long id;
        final Payload payload;
        final OptionalInt confirmations;
        TransactionState state = TransactionState.UNSTARTED;
        OptionalLong nonce = OptionalLong.empty();
        boolean tracked;
        Optional<String> purgeReason = Optional.empty();
        Optional<String> error = Optional.empty();
        Optional<MinedReceipt> receipt = Optional.empty();
        final List<Attempt> attempts = new ArrayList<>();
        int told;
        boolean filler;
        Optional<String> meta = Optional.empty();

        Row copy() {
            Row copy = new Row(id, payload, confirmations);
            copy.state = state;
            copy.nonce = nonce;
            copy.tracked = tracked;
            copy.purgeReason = purgeReason;
            copy.error = error;
            copy.receipt = receipt;
            copy.attempts.addAll(attempts);
            copy.told = told;
            copy.filler = filler;
            copy.meta = meta;
            return copy;
        }

        Row(long id, Payload payload, OptionalInt confirmations) {
            this.id = id;
            this.payload = payload;
            this.confirmations = confirmations;
        }

        Attempt attempt(Hash32 hash) {
            return attempts.stream()
                    .filter(one -> one.hash().equals(hash))
                    .findFirst()
                    .orElseThrow();
        }

        void put(Attempt changed) {
            attempts.replaceAll(one -> one.hash().equals(changed.hash()) ? changed : one);
        }

        Terms terms() {
            return new Terms(!filler && told == 0, confirmations, Instant.EPOCH);
        }
    }

    final Map<Long, Row> rows = new TreeMap<>();
    /** Called before and after each commit: may crash. */
    Runnable aroundCommit = () -> {};

    private long nextId = 1;

    void enqueue(Bytes data, OptionalInt confirmations) {
        Payload payload = new Payload(Address.ZERO, data, Wei.ZERO, 100_000);
        rows.put(nextId, new Row(nextId, payload, confirmations));
        nextId++;
    }

    /** As {@link #enqueue}, for a request whose log is read once more. */
    void enqueueAgain(Bytes data) {
        enqueue(data, OptionalInt.empty());
        rows.get(nextId - 1).meta = Optional.of("{\"RequestID\": \"0x01\"}");
    }

    /** All rows as they are now. */
    Map<Long, Row> backup() {
        Map<Long, Row> copy = new TreeMap<>();
        rows.forEach((id, row) -> copy.put(id, row.copy()));
        return copy;
    }

    /** All rows as they were. */
    void restore(Map<Long, Row> backup) {
        rows.clear();
        backup.forEach((id, row) -> rows.put(id, row.copy()));
    }

    @Override
    public Optional<Standing> standing(Address key, long id) {
        return Optional.ofNullable(rows.get(id))
                .map(row -> new Standing(row.state, row.terms().awaited()));
    }

    @Override
    public KeyRows load(Address key, long nowNanos) {
        List<InFlight> inFlight = new ArrayList<>();
        Map<BlockId, MinedBlock> mined = new HashMap<>();
        for (Row row : rows.values()) {
            if (row.tracked && row.receipt.isPresent()) {
                MinedReceipt receipt = row.receipt.get();
                MinedTransaction transaction = new MinedTransaction(
                        row.id,
                        row.nonce.getAsLong(),
                        receipt.transactionHash(),
                        row.attempt(receipt.transactionHash()).signed().purge(),
                        row.terms());
                mined.merge(
                        new BlockId(receipt.blockNumber(), receipt.blockHash()),
                        new MinedBlock(receipt.blockNumber(), receipt.blockHash(), List.of(transaction)),
                        (there, fresh) -> there.with(transaction));
            } else if (row.tracked) {
                inFlight.add(new InFlight(
                        row.id,
                        row.nonce.getAsLong(),
                        row.state,
                        row.payload,
                        row.attempts,
                        row.purgeReason,
                        row.terms(),
                        Pace.at(nowNanos)));
            }
        }
        OptionalLong highest =
                rows.values().stream().flatMapToLong(row -> row.nonce.stream()).max();
        return new KeyRows(highest, inFlight, List.copyOf(mined.values()));
    }

    @Override
    public List<Queued> queued(Address key, int limit, List<Long> except) {
        return rows.values().stream()
                .filter(row -> row.state == TransactionState.UNSTARTED && !except.contains(row.id))
                .limit(limit)
                .map(row -> new Queued(row.id, row.payload, row.terms(), row.meta, Optional.empty()))
                .toList();
    }

    @Override
    public void write(Address key, List<RowChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        aroundCommit.run();
        changes.stream()
                .filter(change -> !(change instanceof RowChange.Settled))
                .forEach(this::apply);
        changes.stream().filter(RowChange.Settled.class::isInstance).forEach(this::apply);
        aroundCommit.run();
    }

    private Row tracked(long id) {
        Row row = rows.get(id);
        assertThat(row.tracked).as("row %s is tracked", id).isTrue();
        return row;
    }

    private void apply(RowChange change) {
        switch (change) {
            case RowChange.Started started -> start(started);
            case RowChange.Noted ignored -> {}
            case RowChange.AdoptedQueued adopted -> {
                Row row = rows.get(adopted.id());
                assertThat(row.state).isEqualTo(TransactionState.UNSTARTED);
                assertThat(hasNonce(adopted.nonce())).isFalse();
                row.nonce = OptionalLong.of(adopted.nonce());
                row.state = TransactionState.UNCONFIRMED;
                row.tracked = true;
                row.attempts.add(Attempt.fresh(adopted.attempt()).sent(adopted.block()));
            }
            case RowChange.Adopted adopted -> {
                Row row = tracked(adopted.id());
                row.attempts.replaceAll(one -> one.unsent() ? one.in(AttemptState.SUPERSEDED) : one);
                row.attempts.add(Attempt.fresh(adopted.attempt()).sent(adopted.block()));
            }
            case RowChange.Refused refused -> {
                Row row = rows.get(refused.id());
                assertThat(row.state).isEqualTo(TransactionState.UNSTARTED);
                row.state = TransactionState.FATAL_ERROR;
                row.error = Optional.of(refused.error());
            }
            case RowChange.Replaced replaced -> {
                Row row = tracked(replaced.id());
                row.attempts.replaceAll(one -> one.unsent() ? one.in(AttemptState.SUPERSEDED) : one);
                assertThat(row.attempts).as("hashes are unique").noneMatch(one -> one.hash()
                        .equals(replaced.attempt().hash()));
                row.attempts.add(Attempt.fresh(replaced.attempt()));
                row.purgeReason = row.purgeReason.or(replaced::purgeReason);
            }
            case RowChange.Sent sent -> {
                Row row = tracked(sent.id());
                row.put(row.attempt(sent.attempt()).sent(sent.beforeBlock()));
                if (row.state == TransactionState.IN_PROGRESS) {
                    row.state = TransactionState.UNCONFIRMED;
                }
            }
            case RowChange.LacksFunds lacks -> {
                Row row = tracked(lacks.id());
                row.put(row.attempt(lacks.attempt()).in(AttemptState.INSUFFICIENT_FUNDS));
            }
            case RowChange.Withdrawn withdrawn -> {
                Row row = tracked(withdrawn.id());
                row.put(row.attempt(withdrawn.attempt()).in(AttemptState.SUPERSEDED));
            }
            case RowChange.Revived revived -> {
                Row row = tracked(revived.id());
                row.attempts.replaceAll(one -> one.unsent() ? one.in(AttemptState.SUPERSEDED) : one);
                row.put(row.attempt(revived.attempt()).in(AttemptState.IN_PROGRESS));
            }
            case RowChange.Mined mined -> mine(tracked(mined.id()), mined.receipt(), mined.purge());
            case RowChange.Moved moved -> {
                Row row = tracked(moved.id());
                assertThat(row.receipt).isPresent();
                row.receipt = Optional.empty();
                mine(row, moved.receipt(), moved.purge());
            }
            case RowChange.ReceiptMissing missing ->
                tracked(missing.id()).state = TransactionState.CONFIRMED_MISSING_RECEIPT;
            case RowChange.BackInPool back -> tracked(back.id()).state = TransactionState.UNCONFIRMED;
            case RowChange.Reorged reorged -> reorg(tracked(reorged.id()));
            case RowChange.Finalized block -> block.ids().forEach(id -> finish(tracked(id)));
            case RowChange.GivenUp given -> {
                Row row = tracked(given.id());
                row.purgeReason = row.purgeReason.or(() -> Optional.of(given.reason()));
            }
            case RowChange.Lost lost -> {
                Row row = tracked(lost.id());
                row.tracked = false;
                row.state = TransactionState.FATAL_ERROR;
                row.error = Optional.of(lost.error());
            }
            case RowChange.Settled settled -> rows.get(settled.id()).told++;
            case RowChange.Filled filled -> fill(filled);
        }
    }

    private void start(RowChange.Started started) {
        Row row = rows.get(started.id());
        assertThat(row.state).isEqualTo(TransactionState.UNSTARTED);
        assertThat(hasNonce(started.nonce()))
                .as("nonce %s is free", started.nonce())
                .isFalse();
        row.nonce = OptionalLong.of(started.nonce());
        row.state = TransactionState.IN_PROGRESS;
        row.tracked = true;
        row.attempts.add(Attempt.fresh(started.attempt()));
    }

    private boolean hasNonce(long nonce) {
        return rows.values().stream().anyMatch(row -> row.nonce.equals(OptionalLong.of(nonce)));
    }

    private static void mine(Row row, MinedReceipt receipt, boolean purge) {
        assertThat(row.receipt).as("row %s has no receipt yet", row.id).isEmpty();
        row.receipt = Optional.of(receipt);
        row.state = purge ? TransactionState.FATAL_ERROR : TransactionState.CONFIRMED;
        row.error = purge ? row.purgeReason : Optional.empty();
    }

    private static void reorg(Row row) {
        assertThat(row.receipt).isPresent();
        row.receipt = Optional.empty();
        row.state = TransactionState.UNCONFIRMED;
        row.error = Optional.empty();
        Attempt top = row.attempts.reversed().stream()
                .filter(one -> one.state() != AttemptState.SUPERSEDED)
                .findFirst()
                .orElseThrow();
        row.put(new Attempt(top.signed(), AttemptState.IN_PROGRESS, OptionalLong.empty()));
    }

    private static void finish(Row row) {
        row.tracked = false;
        if (row.state == TransactionState.CONFIRMED) {
            row.state = TransactionState.FINALIZED;
        }
    }

    private void fill(RowChange.Filled filled) {
        if (hasNonce(filled.nonce())) {
            return;
        }
        Row row = new Row(nextId, filled.payload(), OptionalInt.empty());
        row.filler = true;
        row.nonce = OptionalLong.of(filled.nonce());
        row.state = TransactionState.IN_PROGRESS;
        row.tracked = true;
        row.purgeReason = Optional.of("fills a nonce");
        row.attempts.add(Attempt.fresh(filled.attempt()));
        rows.put(nextId++, row);
    }
}
