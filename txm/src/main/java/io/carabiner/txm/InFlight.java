package io.carabiner.txm;

import io.carabiner.primitives.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A transaction that has a nonce and is not known to be mined.
 *
 * @param state in_progress, unconfirmed or confirmed_missing_receipt
 * @param attempts oldest first, one at least; all have the same payload, but for purges
 * @param purgeReason why only its nonce shall still be used, if so; becomes its error
 * @param pace when to try again; only in memory
 */
record InFlight(
        long id,
        long nonce,
        TransactionState state,
        Payload payload,
        List<Attempt> attempts,
        Optional<String> purgeReason,
        Terms terms,
        Pace pace) {

    InFlight {
        attempts = List.copyOf(attempts);
        if (attempts.isEmpty()) {
            throw new IllegalArgumentException("transaction " + id + " has a nonce but no attempt");
        }
    }

    /** The attempt that is sent: the newest that was not withdrawn. */
    Attempt top() {
        return attempts.reversed().stream()
                .filter(attempt -> attempt.state() != AttemptState.SUPERSEDED)
                .findFirst()
                .orElse(attempts.getLast());
    }

    /** Whether an endpoint took any attempt that may still be in a pool. */
    boolean everSent() {
        return attempts.stream().anyMatch(attempt -> attempt.sentBeforeBlock().isPresent());
    }

    boolean purging() {
        return purgeReason.isPresent();
    }

    boolean missingReceipt() {
        return state == TransactionState.CONFIRMED_MISSING_RECEIPT;
    }

    InFlight paced(Pace next) {
        return new InFlight(id, nonce, state, payload, attempts, purgeReason, terms, next);
    }

    InFlight in(TransactionState next) {
        return new InFlight(id, nonce, next, payload, attempts, purgeReason, terms, pace);
    }

    /** Only its nonce shall still be used, and who waited was told. */
    InFlight givenUp(String reason) {
        return new InFlight(
                id, nonce, state, payload, attempts, purgeReason.or(() -> Optional.of(reason)), terms.told(), pace);
    }

    InFlight withAttempts(List<Attempt> all) {
        return new InFlight(id, nonce, state, payload, all, purgeReason, terms, pace);
    }

    /** With one more attempt, which is sent in place of those before it. */
    InFlight with(SignedAttempt fresh, Optional<String> reason) {
        List<Attempt> all = new ArrayList<>();
        attempts.forEach(old -> all.add(old.unsent() ? old.in(AttemptState.SUPERSEDED) : old));
        all.add(Attempt.fresh(fresh));
        return new InFlight(id, nonce, state, payload, all, purgeReason.or(() -> reason), terms, pace);
    }

    /** With a withdrawn attempt sent in place of those that were not taken. */
    InFlight withRevived(Hash32 hash) {
        return withAttempts(attempts.stream()
                .map(old -> old.hash().equals(hash)
                        ? Attempt.fresh(old.signed())
                        : old.unsent() ? old.in(AttemptState.SUPERSEDED) : old)
                .toList());
    }

    /** With the top attempt changed. */
    InFlight withTop(UnaryOperator<Attempt> change) {
        Attempt top = top();
        List<Attempt> all = attempts.stream()
                .map(attempt -> attempt.hash().equals(top.hash()) ? change.apply(attempt) : attempt)
                .toList();
        return withAttempts(all);
    }
}
