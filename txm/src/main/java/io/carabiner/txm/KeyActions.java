package io.carabiner.txm;

import io.carabiner.evm.FeeBump;
import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.rpc.SendOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Carries out the parts of an action that need the network, prices or signatures, and says which rows change. It stores
 * nothing itself.
 */
final class KeyActions {

    private final Address key;
    private final KeyContext context;
    private final Admission admission;

    KeyActions(Address key, KeyContext context, HeldBack heldBack) {
        this.key = key;
        this.context = context;
        this.admission = new Admission(key, context, heldBack);
    }

    /**
     * What follows from an action.
     *
     * @param changes to be stored
     * @param paced transactions whose pace changes besides; only remembered
     * @param trouble what the operator should know
     * @param answers why each was not simply taken, in the order of the transactions; empty texts where it was
     */
    record Plan(List<RowChange> changes, List<InFlight> paced, Optional<String> trouble, List<String> answers) {}

    /**
     * What was begun.
     *
     * @param changes to be stored
     * @param fault why the rest of them was not signed
     */
    record Begun(List<RowChange> changes, Optional<SignerException> fault) {}

    /** Nonces in a row, one price for all, all signed; but for those that the gate does not let pass. */
    Begun start(KeyState state, List<TransactionStore.Queued> next) throws InterruptedException {
        if (next.isEmpty()) {
            return new Begun(List.of(), Optional.empty());
        }
        FeeQuote fee = context.chain().quote(key);
        Admission.Sorted sorted = admission.sort(next, fee);
        Begun begun = sign(state, sorted.allowed(), fee);
        List<RowChange> changes = new ArrayList<>(sorted.refusals());
        changes.addAll(begun.changes());
        return new Begun(changes, begun.fault());
    }

    private Begun sign(KeyState state, List<TransactionStore.Queued> queued, FeeQuote fee) throws InterruptedException {
        List<UnsignedTransaction> unsigned = new ArrayList<>();
        for (TransactionStore.Queued next : queued) {
            unsigned.add(new UnsignedTransaction(state.nextNonce() + unsigned.size(), limited(next.payload()), fee));
        }
        AttemptSigner.Batch batch = context.signer().signAll(key, unsigned);
        List<SignedAttempt> signed = batch.signed();
        long now = context.time().monotonicNanos();
        List<RowChange> changes = new ArrayList<>();
        for (int i = 0; i < signed.size(); i++) {
            TransactionStore.Queued next = queued.get(i);
            changes.add(new RowChange.Started(
                    next.id(), unsigned.get(i).nonce(), next.payload(), next.terms(), signed.get(i), now));
        }
        return new Begun(changes, batch.fault());
    }

    private Payload limited(Payload payload) {
        return payload.withGasLimit(
                context.chain().gasLimit(payload.gasLimit(), payload.data().size()));
    }

    /** First tries, and tries after a refusal. */
    Plan send(List<InFlight> transactions, long head) {
        List<SendOutcome> outcomes = context.chain().send(raw(transactions));
        Draft draft = new Draft(head);
        for (int i = 0; i < transactions.size(); i++) {
            InFlight transaction = transactions.get(i);
            SendOutcome outcome = outcomes.get(i);
            draft.settle(transaction, SendRules.decide(transaction, outcome), outcome);
        }
        return draft.plan();
    }

    /** What an endpoint took before, once more. */
    Plan resend(List<InFlight> transactions, long head) {
        List<SendOutcome> outcomes = context.chain().send(raw(transactions));
        Draft draft = new Draft(head);
        for (int i = 0; i < transactions.size(); i++) {
            InFlight transaction = transactions.get(i);
            SendOutcome outcome = outcomes.get(i);
            context.observer().messages().resent(transaction.id(), transaction.nonce(), outcome.reason());
            draft.settle(transaction, SendRules.decideResent(transaction, outcome), outcome);
        }
        return draft.plan();
    }

    private static List<Bytes> raw(List<InFlight> transactions) {
        return transactions.stream()
                .map(transaction -> transaction.top().signed().raw())
                .toList();
    }

    /** Higher offers where that is possible, the same once more where not. */
    Plan bump(List<InFlight> transactions, long head) {
        Draft draft = new Draft(head);
        List<InFlight> atLimit = new ArrayList<>();
        for (InFlight transaction : transactions) {
            if (isUnconnected(transaction)) {
                context.observer().unconnected(transaction);
                atLimit.add(transaction);
                continue;
            }
            switch (context.chain().bump(transaction.top().signed().fee(), key)) {
                case FeeBump.Raised raised -> draft.replace(transaction, raised.quote(), Optional.empty());
                case FeeBump.AtLimit limit -> {
                    context.observer().bumpAtLimit(transaction, limit);
                    atLimit.add(transaction);
                }
            }
        }
        if (!atLimit.isEmpty()) {
            Plan resent = resend(atLimit, head);
            draft.changes.addAll(resent.changes());
            atLimit.forEach(transaction -> draft.paced.add(
                    transaction.paced(transaction.pace().taken(now()).held(head))));
        }
        return draft.plan();
    }

    /** More would only burn money: it does not reach those who make blocks. */
    private boolean isUnconnected(InFlight transaction) {
        OptionalLong sentBefore = transaction.top().sentBeforeBlock();
        return sentBefore.isPresent()
                && context.chain().isUnconnected(transaction.top().signed().fee(), sentBefore.getAsLong());
    }

    /** One more attempt at this price. */
    Plan replace(InFlight transaction, FeeQuote fee, Optional<String> purgeReason, long head) {
        Draft draft = new Draft(head);
        draft.replace(transaction, fee, purgeReason);
        return draft.plan();
    }

    /** Something that does nothing takes the transaction's nonce. */
    Plan purge(InFlight transaction, String reason, long head) {
        Draft draft = new Draft(head);
        draft.purge(transaction, reason);
        return draft.plan();
    }

    /** The same for several; those that cannot be signed now are tried again. */
    Plan purgeAll(List<InFlight> transactions, String reason, long head) {
        Draft draft = new Draft(head);
        transactions.forEach(transaction -> draft.purge(transaction, reason));
        return draft.plan();
    }

    /** Something that does nothing for each of these nonces. */
    List<RowChange> fill(List<Long> nonces) {
        FeeQuote fee = context.chain().quote(key);
        Payload nothing = nothing();
        context.observer().messages().gapFilled(key.toString(), nonces);
        return nonces.stream()
                .<RowChange>map(nonce -> new RowChange.Filled(
                        nonce, nothing, context.signer().sign(key, new UnsignedTransaction(nonce, nothing, fee), true)))
                .toList();
    }

    private Payload nothing() {
        return Payload.nothing(key, context.settings().limitDefault());
    }

    private long now() {
        return context.time().monotonicNanos();
    }

    /** What follows, while it is being found out. */
    private final class Draft {

        private final List<RowChange> changes = new ArrayList<>();
        private final List<InFlight> paced = new ArrayList<>();
        private final long head;
        private Optional<String> trouble = Optional.empty();
        private final List<String> answers = new ArrayList<>();
        private OptionalLong pendingCount = OptionalLong.empty();
        private Optional<SignerException> signerFault = Optional.empty();

        Draft(long head) {
            this.head = head;
        }

        Plan plan() {
            return new Plan(changes, paced, trouble, answers);
        }

        void settle(InFlight transaction, Verdict verdict, SendOutcome outcome) {
            answers.add(outcome.reason());
            switch (verdict) {
                case Verdict.Taken ignored -> taken(transaction);
                case Verdict.BumpNow ignored -> bumpNow(transaction, outcome.reason());
                case Verdict.PriceAnew ignored -> priceAnew(transaction, outcome.reason());
                case Verdict.LackFunds ignored -> lacksFunds(transaction, outcome.reason());
                case Verdict.Purge purge -> purge(transaction, purge.reason());
                case Verdict.Withdraw withdraw -> withdraw(transaction, withdraw.doubtful(), outcome.reason());
                case Verdict.TryAgain ignored -> later(transaction, outcome.reason());
                case Verdict.AskNonce ignored -> askNonce(transaction, outcome.reason());
            }
        }

        void purge(InFlight transaction, String reason) {
            context.observer().messages().purged(transaction.id(), transaction.nonce(), reason);
            replace(transaction, outbid(transaction), Optional.of(reason));
        }

        private void taken(InFlight transaction) {
            changes.add(new RowChange.Sent(
                    transaction.id(), transaction.nonce(), transaction.top().hash(), head, now()));
        }

        private void bumpNow(InFlight transaction, String reason) {
            switch (context.chain().bump(transaction.top().signed().fee(), key)) {
                case FeeBump.Raised raised -> replace(transaction, raised.quote(), Optional.empty());
                case FeeBump.AtLimit limit -> {
                    context.observer().bumpAtLimit(transaction, limit);
                    later(transaction, reason);
                }
            }
        }

        private void priceAnew(InFlight transaction, String reason) {
            FeeQuote fresh = context.chain().quote(key);
            if (fresh.equals(transaction.top().signed().fee())) {
                later(transaction, reason);
            } else {
                replace(transaction, fresh, Optional.empty());
            }
        }

        private FeeQuote outbid(InFlight transaction) {
            return switch (context.chain().bump(transaction.top().signed().fee(), key)) {
                case FeeBump.Raised raised -> raised.quote();
                case FeeBump.AtLimit limit -> limit.unchanged();
            };
        }

        /** A signer that fails must not take with it what else the draft holds; it is not asked for the others. */
        void replace(InFlight transaction, FeeQuote fee, Optional<String> purgeReason) {
            if (signerFault.isPresent()) {
                unsigned(transaction, signerFault.get());
                return;
            }
            try {
                replaceSigned(transaction, fee, purgeReason);
            } catch (SignerException e) {
                signerFault = Optional.of(e);
                context.observer().messages().signerFailed(key.toString(), e);
                unsigned(transaction, e);
            }
        }

        private void unsigned(InFlight transaction, SignerException fault) {
            long retry = now() + SendRules.pauseNanos(transaction.pace().failures());
            paced.add(transaction.paced(
                    transaction.pace().failed(retry, fault.words()).held(head)));
            trouble = Optional.of(fault.words());
        }

        private void replaceSigned(InFlight transaction, FeeQuote fee, Optional<String> purgeReason) {
            boolean purge = transaction.purging() || purgeReason.isPresent();
            Payload payload = purge ? nothing() : limited(transaction.payload());
            SignedAttempt attempt =
                    context.signer().sign(key, new UnsignedTransaction(transaction.nonce(), payload, fee), purge);
            boolean known =
                    transaction.attempts().stream().anyMatch(old -> old.hash().equals(attempt.hash()));
            changes.add(
                    known
                            ? new RowChange.Revived(transaction.id(), transaction.nonce(), attempt.hash(), now())
                            : new RowChange.Replaced(
                                    transaction.id(), transaction.nonce(), attempt, purgeReason, now()));
        }

        private void lacksFunds(InFlight transaction, String reason) {
            context.observer().messages().outOfFunds(key.toString(), transaction.id(), reason);
            if (transaction.top().state() != AttemptState.INSUFFICIENT_FUNDS) {
                changes.add(new RowChange.LacksFunds(
                        transaction.id(), transaction.nonce(), transaction.top().hash()));
            }
            pause(transaction, reason, "key " + key + " cannot pay: " + reason);
        }

        private void withdraw(InFlight transaction, boolean doubtful, String reason) {
            context.observer().messages().refused(transaction.id(), transaction.nonce(), reason);
            changes.add(new RowChange.Withdrawn(
                    transaction.id(), transaction.nonce(), transaction.top().hash()));
            Pace pace = transaction.pace();
            paced.add(transaction.paced(doubtful ? pace.doubted(head) : pace.held(head)));
        }

        private void askNonce(InFlight transaction, String reason) {
            if (pendingCount.isEmpty()) {
                pendingCount = OptionalLong.of(context.chain().pendingCount(key));
            }
            if (pendingCount.getAsLong() > transaction.nonce()) {
                taken(transaction);
            } else {
                later(transaction, reason);
            }
        }

        private void later(InFlight transaction, String reason) {
            context.observer().messages().refused(transaction.id(), transaction.nonce(), reason);
            pause(transaction, reason, "transaction " + transaction.id() + " is not taken: " + reason);
        }

        private void pause(InFlight transaction, String answer, String shown) {
            long retry = now() + SendRules.pauseNanos(transaction.pace().failures());
            paced.add(transaction.paced(transaction.pace().failed(retry, answer)));
            trouble = Optional.of(shown);
        }
    }
}
