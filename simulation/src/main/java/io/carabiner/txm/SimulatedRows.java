package io.carabiner.txm;

import io.carabiner.database.SimulatedJournal;
import io.carabiner.database.SimulatedTable;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The tables of transactions in a simulated database: what it refuses, the real tables' constraints refuse. */
public final class SimulatedRows implements SimulatedStore {

    private static final long GAS_LIMIT = 100_000;

    private final SimulatedJournal journal;
    private final SimulatedTable<Long, SimulatedRow> rows;
    private final Listener listener;
    private long nextId = 1;

    /** Who is told of ends, as {@link TransactionListener} is. */
    public interface Listener {

        /** Inside the transaction that stores the end. */
        void settled(List<TransactionResult> results);

        /** Inside the transaction in which they become final. */
        void overturned(List<TransactionResult> results);
    }

    /** Empty tables. */
    public SimulatedRows(SimulatedJournal journal, Listener listener) {
        this.journal = journal;
        this.rows = new SimulatedTable<>(journal);
        this.listener = listener;
    }

    /** All transactions, oldest first. */
    public Collection<SimulatedRow> all() {
        return rows.all();
    }

    /** Queues a wish in the open transaction, unless there is one of this name. Answers whether it is new. */
    public boolean enqueue(Address from, Address to, Bytes data, OptionalInt confirmations, UUID task, String wish) {
        if (rows.all().stream().anyMatch(row -> row.wish.equals(Optional.of(wish)))) {
            return false;
        }
        Payload payload = new Payload(to, data, Wei.ZERO, GAS_LIMIT);
        SimulatedRow row =
                new SimulatedRow(nextId++, from, payload, confirmations, Optional.of(task), Optional.of(wish));
        rows.put(row.id, row);
        return true;
    }

    @Override
    public Optional<Standing> standing(Address key, long id) {
        return rows.find(id)
                .filter(row -> row.from.equals(key))
                .map(row -> new Standing(row.state, row.terms().awaited()));
    }

    @Override
    public KeyRows load(Address key, long nowNanos) {
        List<InFlight> inFlight = new ArrayList<>();
        Map<BlockId, MinedBlock> mined = new HashMap<>();
        OptionalLong highest = OptionalLong.empty();
        for (SimulatedRow row : rows.all()) {
            if (!row.from.equals(key)) {
                continue;
            }
            if (row.nonce.isPresent() && row.nonce.getAsLong() > highest.orElse(-1)) {
                highest = row.nonce;
            }
            if (row.tracked && row.receipt.isPresent()) {
                addMined(row, row.receipt.get(), mined);
            } else if (row.tracked) {
                inFlight.add(new InFlight(
                        row.id,
                        row.nonce.orElseThrow(),
                        row.state,
                        row.payload,
                        row.attempts,
                        row.purgeReason,
                        row.terms(),
                        Pace.at(nowNanos)));
            }
        }
        return new KeyRows(highest, inFlight, List.copyOf(mined.values()));
    }

    private static void addMined(SimulatedRow row, MinedReceipt receipt, Map<BlockId, MinedBlock> mined) {
        boolean purge = row.attempt(receipt.transactionHash()).signed().purge();
        MinedTransaction transaction =
                new MinedTransaction(row.id, row.nonce.orElseThrow(), receipt.transactionHash(), purge, row.terms());
        mined.merge(
                new BlockId(receipt.blockNumber(), receipt.blockHash()),
                new MinedBlock(receipt.blockNumber(), receipt.blockHash(), List.of(transaction)),
                (there, fresh) -> there.with(transaction));
    }

    @Override
    public List<Queued> queued(Address key, int limit, List<Long> except) {
        return rows.all().stream()
                .filter(row -> row.from.equals(key) && row.state == TransactionState.UNSTARTED)
                .filter(row -> !except.contains(row.id))
                .limit(limit)
                .map(row -> new Queued(row.id, row.payload, row.terms(), Optional.empty(), row.task))
                .toList();
    }

    @Override
    public void write(Address key, List<RowChange> changes) {
        if (!changes.isEmpty()) {
            journal.write(() -> {
                changes.stream()
                        .filter(change -> !(change instanceof RowChange.Settled))
                        .forEach(change -> apply(key, change));
                List<TransactionResult> overturned = overturned(changes);
                settle(changes);
                if (!overturned.isEmpty()) {
                    listener.overturned(overturned);
                }
            });
        }
    }

    /** What is over now without having done what was asked, and was told before. */
    private List<TransactionResult> overturned(List<RowChange> changes) {
        return changes.stream()
                .flatMap(change -> switch (change) {
                    case RowChange.Finalized block -> block.ids().stream();
                    case RowChange.Lost lost -> Stream.of(lost.id());
                    default -> Stream.<Long>of();
                })
                .map(rows::get)
                .filter(row -> row.told && failed(row))
                .map(SimulatedRows::result)
                .toList();
    }

    private static boolean failed(SimulatedRow row) {
        return row.state == TransactionState.FATAL_ERROR
                || row.receipt.filter(receipt -> !receipt.successful()).isPresent();
    }

    private void settle(List<RowChange> changes) {
        List<TransactionResult> results = new ArrayList<>();
        for (RowChange change : changes) {
            if (change instanceof RowChange.Settled settled
                    && rows.get(settled.id()).terms().awaited()) {
                SimulatedRow row = edit(settled.id());
                row.told = true;
                rows.put(row.id, row);
                results.add(result(row));
            }
        }
        if (!results.isEmpty()) {
            listener.settled(results);
        }
    }

    private static TransactionResult result(SimulatedRow row) {
        return row.error.isPresent()
                ? new TransactionResult.Failed(row.id, row.task, row.error.get())
                : new TransactionResult.Confirmed(row.id, row.task, row.receipt.orElseThrow());
    }

    private SimulatedRow edit(long id) {
        return rows.get(id).copy();
    }

    private SimulatedRow tracked(long id) {
        SimulatedRow row = edit(id);
        if (!row.tracked) {
            throw new IllegalStateException(row + " is not under way any more");
        }
        return row;
    }

    private void change(long id, Consumer<SimulatedRow> change) {
        SimulatedRow row = tracked(id);
        change.accept(row);
        rows.put(id, row);
    }

    private void apply(Address key, RowChange change) {
        switch (change) {
            case RowChange.Started started -> start(key, started);
            case RowChange.Replaced replaced -> change(replaced.id(), row -> replace(row, replaced));
            case RowChange.Sent sent ->
                change(sent.id(), row -> {
                    row.put(row.attempt(sent.attempt()).sent(sent.beforeBlock()));
                    if (row.state == TransactionState.IN_PROGRESS) {
                        row.state = TransactionState.UNCONFIRMED;
                    }
                });
            case RowChange.LacksFunds lacks ->
                change(lacks.id(), row -> row.put(row.attempt(lacks.attempt()).in(AttemptState.INSUFFICIENT_FUNDS)));
            case RowChange.Withdrawn withdrawn ->
                change(
                        withdrawn.id(),
                        row -> row.put(row.attempt(withdrawn.attempt()).in(AttemptState.SUPERSEDED)));
            case RowChange.Revived revived ->
                change(revived.id(), row -> {
                    supersede(row);
                    row.put(row.attempt(revived.attempt()).in(AttemptState.IN_PROGRESS));
                });
            case RowChange.Mined mined -> change(mined.id(), row -> mine(row, mined.receipt(), mined.purge()));
            case RowChange.Moved moved ->
                change(moved.id(), row -> {
                    row.receipt = Optional.empty();
                    mine(row, moved.receipt(), moved.purge());
                });
            case RowChange.ReceiptMissing missing ->
                change(missing.id(), row -> row.state = TransactionState.CONFIRMED_MISSING_RECEIPT);
            case RowChange.BackInPool back -> change(back.id(), row -> row.state = TransactionState.UNCONFIRMED);
            case RowChange.Reorged reorged -> change(reorged.id(), SimulatedRows::reorg);
            case RowChange.Finalized block -> block.ids().forEach(id -> change(id, SimulatedRows::finish));
            case RowChange.GivenUp given ->
                change(given.id(), row -> row.purgeReason = row.purgeReason.or(() -> Optional.of(given.reason())));
            case RowChange.Lost lost ->
                change(lost.id(), row -> {
                    row.tracked = false;
                    row.state = TransactionState.FATAL_ERROR;
                    row.error = Optional.of(lost.error());
                });
            case RowChange.Refused refused -> {
                SimulatedRow row = edit(refused.id());
                row.state = TransactionState.FATAL_ERROR;
                row.error = Optional.of(refused.error());
                rows.put(row.id, row);
            }
            case RowChange.AdoptedQueued adopted ->
                throw new IllegalStateException("nobody else sends here, but " + adopted);
            case RowChange.Adopted adopted -> throw new IllegalStateException("nobody else sends here, but " + adopted);
            case RowChange.Noted _ -> {}
            case RowChange.Settled _ -> {}
            case RowChange.Filled filled -> fill(key, filled);
        }
    }

    private void start(Address key, RowChange.Started started) {
        SimulatedRow row = edit(started.id());
        if (row.state != TransactionState.UNSTARTED || hasNonce(key, started.nonce())) {
            throw new IllegalStateException(row + " cannot start with nonce " + started.nonce());
        }
        row.nonce = OptionalLong.of(started.nonce());
        row.state = TransactionState.IN_PROGRESS;
        row.tracked = true;
        insert(row, started.attempt());
        rows.put(row.id, row);
    }

    private boolean hasNonce(Address key, long nonce) {
        return rows.all().stream().anyMatch(row -> row.from.equals(key) && row.nonce.equals(OptionalLong.of(nonce)));
    }

    /** Hashes of attempts are unique. */
    private void insert(SimulatedRow row, SignedAttempt attempt) {
        Hash32 hash = attempt.hash();
        if (rows.all().stream().anyMatch(any -> any.attempts.stream()
                .anyMatch(old -> old.hash().equals(hash)))) {
            throw new IllegalStateException("attempt " + hash + " is stored already");
        }
        row.attempts.add(Attempt.fresh(attempt));
    }

    private void replace(SimulatedRow row, RowChange.Replaced replaced) {
        supersede(row);
        insert(row, replaced.attempt());
        row.purgeReason = row.purgeReason.or(replaced::purgeReason);
    }

    private static void supersede(SimulatedRow row) {
        row.attempts.replaceAll(one -> one.unsent() ? one.in(AttemptState.SUPERSEDED) : one);
    }

    private static void mine(SimulatedRow row, MinedReceipt receipt, boolean purge) {
        if (row.receipt.isPresent()) {
            throw new IllegalStateException(row + " has a receipt already");
        }
        row.receipt = Optional.of(receipt);
        row.state = purge ? TransactionState.FATAL_ERROR : TransactionState.CONFIRMED;
        row.error = purge ? row.purgeReason : Optional.empty();
        Attempt mined = row.attempt(receipt.transactionHash());
        if (mined.state() != AttemptState.BROADCAST) {
            row.put(new Attempt(mined.signed(), AttemptState.BROADCAST, OptionalLong.of(receipt.blockNumber())));
        }
    }

    private static void reorg(SimulatedRow row) {
        if (row.receipt.isEmpty()) {
            throw new IllegalStateException(row + " has no receipt to lose");
        }
        row.receipt = Optional.empty();
        row.state = TransactionState.UNCONFIRMED;
        row.error = Optional.empty();
        row.attempts.reversed().stream()
                .filter(one -> one.state() != AttemptState.SUPERSEDED)
                .findFirst()
                .filter(top -> top.state() == AttemptState.BROADCAST)
                .ifPresent(top -> row.put(new Attempt(top.signed(), AttemptState.IN_PROGRESS, OptionalLong.empty())));
    }

    private static void finish(SimulatedRow row) {
        row.tracked = false;
        if (row.state == TransactionState.CONFIRMED) {
            row.state = TransactionState.FINALIZED;
        }
    }

    private void fill(Address key, RowChange.Filled filled) {
        if (hasNonce(key, filled.nonce())) {
            return;
        }
        SimulatedRow row = new SimulatedRow(
                nextId++, key, filled.payload(), OptionalInt.empty(), Optional.empty(), Optional.empty());
        row.nonce = OptionalLong.of(filled.nonce());
        row.state = TransactionState.IN_PROGRESS;
        row.tracked = true;
        row.purgeReason = Optional.of("fills a nonce that nothing else had taken");
        insert(row, filled.attempt());
        rows.put(row.id, row);
    }
}
