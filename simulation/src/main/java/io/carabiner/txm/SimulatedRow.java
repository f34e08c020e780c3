package io.carabiner.txm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A transaction as the tables hold it, written without a look at {@link KeyState}. Not to be changed once it is stored:
 * {@link #copy} first.
 */
public final class SimulatedRow {

    final long id;
    final Address from;
    final Payload payload;
    final OptionalInt confirmations;
    final Optional<UUID> task;
    final Optional<String> wish;
    TransactionState state = TransactionState.UNSTARTED;
    OptionalLong nonce = OptionalLong.empty();
    boolean tracked;
    Optional<String> purgeReason = Optional.empty();
    Optional<String> error = Optional.empty();
    Optional<MinedReceipt> receipt = Optional.empty();
    List<Attempt> attempts = new ArrayList<>();
    boolean told;

    SimulatedRow(
            long id,
            Address from,
            Payload payload,
            OptionalInt confirmations,
            Optional<UUID> task,
            Optional<String> wish) {
        this.id = id;
        this.from = from;
        this.payload = payload;
        this.confirmations = confirmations;
        this.task = task;
        this.wish = wish;
    }

    SimulatedRow copy() {
        SimulatedRow copy = new SimulatedRow(id, from, payload, confirmations, task, wish);
        copy.state = state;
        copy.nonce = nonce;
        copy.tracked = tracked;
        copy.purgeReason = purgeReason;
        copy.error = error;
        copy.receipt = receipt;
        copy.attempts = new ArrayList<>(attempts);
        copy.told = told;
        return copy;
    }

    /** The key that sends it. */
    public Address from() {
        return from;
    }

    /** What it calls. */
    public Bytes data() {
        return payload.data();
    }

    /** Its nonce, once it has one. */
    public OptionalLong nonce() {
        return nonce;
    }

    /** Where it stands. */
    public TransactionState state() {
        return state;
    }

    /** The name of the wish it comes from; empty if it only fills a nonce. */
    public Optional<String> wish() {
        return wish;
    }

    /** Whether something that does nothing may have its nonce in its place. */
    public boolean purged() {
        return purgeReason.isPresent();
    }

    /** Whether it is over and will not be looked at again. */
    public boolean over() {
        return !tracked && state != TransactionState.UNSTARTED;
    }

    /** Whether it has a nonce and is not known to be mined. */
    public boolean inFlight() {
        return tracked && receipt.isEmpty();
    }

    /** How many attempts were signed. */
    public int attemptCount() {
        return attempts.size();
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
        return new Terms(task.isPresent() && !told, confirmations, Instant.EPOCH);
    }

    @Override
    public String toString() {
        String where = receipt.map(
                        found -> " in block " + found.blockNumber() + (found.successful() ? "" : " reverted"))
                .orElse("");
        return "transaction " + id + " " + state + " nonce " + nonce + " of " + wish.orElse("nobody") + where
                + " attempts "
                + attempts.stream()
                        .map(one -> one.state() + (one.sentBeforeBlock().isPresent() ? " sent" : ""))
                        .toList();
    }
}
