package io.carabiner.txm;

import io.carabiner.primitives.Hash32;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What a head means for the transactions of a key. Pure. */
final class HeadRules {

    /** The Go node's words for a nonce that something else used. */
    static final String NO_RECEIPT = "could not get receipt";

    /** How often in a row a receipt must be missing before it is given up, besides the used nonce being final. */
    static final int LOOKS_IN_VAIN_MIN = 10;

    /** How many empty nonces are filled at a time. */
    static final int GAP_FILL_MAX = 16;

    private HeadRules() {}

    /** All changes of rows that the facts call for, in the order in which they are to be made. */
    static List<RowChange> changes(KeyState state, HeadFacts facts) {
        List<RowChange> changes = new ArrayList<>();
        state.mined().values().forEach(block -> minedBlock(block, facts, changes));
        state.waiting().forEach(transaction -> waiting(transaction, facts, changes));
        return changes;
    }

    private static void minedBlock(MinedBlock block, HeadFacts facts, List<RowChange> changes) {
        Hash32 canonical = facts.canonical().get(block.number());
        if (canonical == null) {
            return;
        }
        if (!canonical.equals(block.hash())) {
            block.transactions().forEach(transaction -> changes.add(orphan(transaction, facts)));
            return;
        }
        block.transactions().stream()
                .filter(transaction -> transaction.terms().awaited())
                .filter(transaction -> transaction.terms().reached(block.number(), facts.head(), facts.finalized()))
                .forEach(transaction ->
                        changes.add(new RowChange.Settled(transaction.id(), OptionalLong.of(block.number()))));
        if (block.number() <= facts.finalized()) {
            changes.add(new RowChange.Finalized(
                    block.id(),
                    block.transactions().stream().map(MinedTransaction::id).toList()));
        }
    }

    private static RowChange orphan(MinedTransaction transaction, HeadFacts facts) {
        MinedReceipt receipt = facts.receipts().get(transaction.attempt());
        return receipt == null
                ? new RowChange.Reorged(transaction.id(), transaction.nonce())
                : new RowChange.Moved(transaction.id(), transaction.nonce(), receipt, transaction.purge());
    }

    private static void waiting(InFlight transaction, HeadFacts facts, List<RowChange> changes) {
        if (transaction.nonce() >= facts.minedCount()) {
            if (transaction.missingReceipt()) {
                changes.add(new RowChange.BackInPool(transaction.id(), transaction.nonce()));
            }
            return;
        }
        Optional<MinedReceipt> found = transaction.attempts().stream()
                .flatMap(attempt -> Stream.ofNullable(facts.receipts().get(attempt.hash())))
                .findFirst();
        if (found.isPresent()) {
            mined(transaction, found.get(), facts, changes);
        } else if (allAbsent(transaction, facts)) {
            missing(transaction, facts, changes);
        }
    }

    private static boolean allAbsent(InFlight transaction, HeadFacts facts) {
        return transaction.attempts().stream()
                .allMatch(attempt -> facts.absent().contains(attempt.hash()));
    }

    private static void mined(InFlight transaction, MinedReceipt receipt, HeadFacts facts, List<RowChange> changes) {
        boolean purge = transaction.attempts().stream()
                .anyMatch(attempt -> attempt.hash().equals(receipt.transactionHash())
                        && attempt.signed().purge());
        changes.add(new RowChange.Mined(transaction.id(), transaction.nonce(), receipt, purge));
        long block = receipt.blockNumber();
        if (transaction.terms().awaited() && transaction.terms().reached(block, facts.head(), facts.finalized())) {
            changes.add(new RowChange.Settled(transaction.id(), OptionalLong.of(block)));
        }
    }

    /** A receipt may come late; that something else used the nonce is certain only when that is final. */
    private static void missing(InFlight transaction, HeadFacts facts, List<RowChange> changes) {
        OptionalLong since = transaction.pace().missingSince();
        Optional<SpentNonce> spent = Optional.ofNullable(facts.spent().get(transaction.nonce()));
        if (spent.filter(one -> one.did(transaction.payload())).isPresent()) {
            changes.add(new RowChange.Adopted(
                    transaction.id(),
                    transaction.nonce(),
                    spent.get().signed().orElseThrow(),
                    spent.get().block()));
        } else if (since.isEmpty()) {
            changes.add(new RowChange.ReceiptMissing(transaction.id(), transaction.nonce(), facts.head()));
        } else if (since.getAsLong() <= facts.finalized() && transaction.pace().looksInVain() >= LOOKS_IN_VAIN_MIN) {
            changes.add(new RowChange.Lost(
                    transaction.id(),
                    transaction.nonce(),
                    transaction.purgeReason().orElseGet(() -> taken(transaction.nonce(), spent))));
            if (transaction.terms().awaited()) {
                changes.add(new RowChange.Settled(transaction.id(), OptionalLong.empty()));
            }
        }
    }

    private static String taken(long nonce, Optional<SpentNonce> spent) {
        String by = spent.map(one ->
                        "transaction " + one.hash() + " in block " + one.block() + ", which this node did not send")
                .orElse("a transaction that this node did not send and no endpoint could name");
        return NO_RECEIPT + ": nonce " + nonce + " was used by " + by
                + ". If the key is used elsewhere too, give it to this node alone; start the job's run again if its"
                + " request still waits.";
    }

    /** The state with one more look counted for all whose receipt was missing before and is missing still. */
    static KeyState countLooks(KeyState state, HeadFacts facts) {
        KeyState counted = state;
        for (InFlight transaction : state.inFlight().values()) {
            if (transaction.missingReceipt() && allAbsent(transaction, facts)) {
                counted = counted.with(transaction.paced(transaction.pace().lookedInVain()));
            }
        }
        return counted;
    }

    /**
     * The nonces that nothing of ours takes, between what the chain has and the last of ours: without something there,
     * nothing later is ever mined. Empty if there is none.
     */
    static List<Long> gap(KeyState state, long minedCount) {
        if (state.inFlight().isEmpty() || contiguous(state, minedCount)) {
            return List.of();
        }
        Set<Long> taken = new HashSet<>(state.inFlight().keySet());
        state.minedTransactions().map(MinedTransaction::nonce).forEach(taken::add);
        return LongStream.range(minedCount, state.inFlight().lastKey())
                .filter(nonce -> !taken.contains(nonce))
                .limit(GAP_FILL_MAX)
                .boxed()
                .toList();
    }

    private static boolean contiguous(KeyState state, long minedCount) {
        long first = state.inFlight().firstKey();
        return first <= minedCount
                && state.inFlight().lastKey() - first + 1 == state.inFlight().size();
    }
}
