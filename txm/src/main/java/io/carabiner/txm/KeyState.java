package io.carabiner.txm;

import io.carabiner.primitives.Address;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that one key has under way on one chain: what the rows say, plus the pace of trying again. Immutable.
 *
 * @param nextNonce the nonce of the next new transaction
 * @param inFlight by nonce
 * @param mined by block
 */
record KeyState(Address key, long nextNonce, SortedMap<Long, InFlight> inFlight, SortedMap<BlockId, MinedBlock> mined) {

    KeyState {
        inFlight = Collections.unmodifiableSortedMap(new TreeMap<>(inFlight));
        mined = Collections.unmodifiableSortedMap(new TreeMap<>(mined));
    }

    /** Nothing under way. */
    static KeyState empty(Address key, long nextNonce) {
        return new KeyState(key, nextNonce, Collections.emptySortedMap(), Collections.emptySortedMap());
    }

    /** Whether nothing is under way. */
    boolean idle() {
        return inFlight.isEmpty() && mined.isEmpty();
    }

    /** In-flight transactions in the order of their nonces. */
    Stream<InFlight> waiting() {
        return inFlight.values().stream();
    }

    /** The in-flight transaction with a nonce, which must be there. */
    InFlight at(long nonce) {
        return Objects.requireNonNull(inFlight.get(nonce), "no transaction in flight has the nonce");
    }

    /** Mined transactions in the order of their blocks. */
    Stream<MinedTransaction> minedTransactions() {
        return mined.values().stream().flatMap(block -> block.transactions().stream());
    }

    /** The same, starting at another nonce. */
    KeyState withNextNonce(long nonce) {
        return new KeyState(key, nonce, inFlight, mined);
    }

    /**
     * Whether these changes can only be taken over by reading the rows again: their transactions come from or go to
     * where their attempts are not known here.
     */
    static boolean needReload(List<RowChange> changes) {
        return changes.stream()
                .anyMatch(change -> change instanceof RowChange.Reorged
                        || change instanceof RowChange.Moved
                        || change instanceof RowChange.Adopted
                        || change instanceof RowChange.AdoptedQueued
                        || change instanceof RowChange.Filled);
    }

    /** The state after changes, which must not {@link #needReload}. */
    KeyState after(List<RowChange> changes) {
        if (changes.isEmpty()) {
            return this;
        }
        Draft draft = new Draft(nextNonce, new TreeMap<>(inFlight), new TreeMap<>(mined));
        changes.forEach(draft::apply);
        return new KeyState(key, draft.nextNonce, draft.inFlight, draft.mined);
    }

    /** The state with one in-flight transaction changed in what is only remembered. */
    KeyState with(InFlight changed) {
        TreeMap<Long, InFlight> all = new TreeMap<>(inFlight);
        all.replace(changed.nonce(), changed);
        return new KeyState(key, nextNonce, all, mined);
    }

    /** The state being changed. */
    private static final class Draft {

        private final SortedMap<Long, InFlight> inFlight;
        private final SortedMap<BlockId, MinedBlock> mined;
        private long nextNonce;

        Draft(long nextNonce, SortedMap<Long, InFlight> inFlight, SortedMap<BlockId, MinedBlock> mined) {
            this.nextNonce = nextNonce;
            this.inFlight = inFlight;
            this.mined = mined;
        }

        void apply(RowChange change) {
            switch (change) {
                case RowChange.Started started -> start(started);
                case RowChange.Replaced replaced ->
                    inFlight.computeIfPresent(
                            replaced.nonce(), (nonce, old) -> old.with(replaced.attempt(), replaced.purgeReason())
                                    .paced(old.pace().bumped(replaced.nowNanos())));
                case RowChange.Sent sent -> inFlight.computeIfPresent(sent.nonce(), (nonce, old) -> sent(old, sent));
                case RowChange.LacksFunds lacks ->
                    inFlight.computeIfPresent(
                            lacks.nonce(), (nonce, old) -> old.withTop(top -> top.in(AttemptState.INSUFFICIENT_FUNDS)));
                case RowChange.Withdrawn withdrawn ->
                    inFlight.computeIfPresent(
                            withdrawn.nonce(), (nonce, old) -> old.withTop(top -> top.in(AttemptState.SUPERSEDED)));
                case RowChange.Revived revived ->
                    inFlight.computeIfPresent(revived.nonce(), (nonce, old) -> old.withRevived(revived.attempt())
                            .paced(old.pace().bumped(revived.nowNanos())));
                case RowChange.Mined found -> mine(found);
                case RowChange.ReceiptMissing missing ->
                    inFlight.computeIfPresent(
                            missing.nonce(), (nonce, old) -> old.in(TransactionState.CONFIRMED_MISSING_RECEIPT)
                                    .paced(old.pace().receiptMissing(OptionalLong.of(missing.sinceBlock()))));
                case RowChange.BackInPool back ->
                    inFlight.computeIfPresent(back.nonce(), (nonce, old) -> old.in(TransactionState.UNCONFIRMED)
                            .paced(old.pace().receiptMissing(OptionalLong.empty())));
                case RowChange.Finalized done -> mined.remove(done.block());
                case RowChange.GivenUp given ->
                    inFlight.computeIfPresent(given.nonce(), (nonce, old) -> old.givenUp(given.reason()));
                case RowChange.Lost lost -> inFlight.remove(lost.nonce());
                case RowChange.Settled settled -> tell(settled);
                case RowChange.AdoptedQueued adopted -> throw needsReload(adopted);
                case RowChange.Adopted adopted -> throw needsReload(adopted);
                case RowChange.Refused ignored -> {}
                case RowChange.Noted ignored -> {}
                case RowChange.Reorged reorged -> throw needsReload(reorged);
                case RowChange.Moved moved -> throw needsReload(moved);
                case RowChange.Filled filled -> throw needsReload(filled);
            }
        }

        private static IllegalStateException needsReload(RowChange change) {
            return new IllegalStateException("the rows must be read again after " + change);
        }

        private void start(RowChange.Started started) {
            inFlight.put(
                    started.nonce(),
                    new InFlight(
                            started.id(),
                            started.nonce(),
                            TransactionState.IN_PROGRESS,
                            started.payload(),
                            List.of(Attempt.fresh(started.attempt())),
                            Optional.empty(),
                            started.terms(),
                            Pace.at(started.nowNanos())));
            nextNonce = Math.max(nextNonce, started.nonce() + 1);
        }

        private static InFlight sent(InFlight old, RowChange.Sent sent) {
            InFlight taken = old.withTop(top -> top.sent(sent.beforeBlock()))
                    .paced(old.pace().taken(sent.nowNanos()));
            return old.missingReceipt() ? taken : taken.in(TransactionState.UNCONFIRMED);
        }

        private void mine(RowChange.Mined found) {
            InFlight old = Objects.requireNonNull(inFlight.remove(found.nonce()), "mined, but not in flight");
            MinedReceipt receipt = found.receipt();
            MinedTransaction transaction = new MinedTransaction(
                    found.id(), found.nonce(), receipt.transactionHash(), found.purge(), old.terms());
            BlockId block = new BlockId(receipt.blockNumber(), receipt.blockHash());
            mined.merge(
                    block,
                    new MinedBlock(block.number(), block.hash(), List.of(transaction)),
                    (there, fresh) -> there.with(transaction));
        }

        private void tell(RowChange.Settled settled) {
            settled.minedIn().ifPresent(number -> mined.subMap(BlockId.first(number), BlockId.first(number + 1))
                    .replaceAll((same, block) -> block.map(
                            transaction -> transaction.id() == settled.id() ? transaction.told() : transaction)));
        }
    }
}
