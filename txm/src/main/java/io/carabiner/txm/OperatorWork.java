package io.carabiner.txm;

import io.carabiner.evm.FeeBump;
import io.carabiner.primitives.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Carries out what people ask for, on the owner's thread. It stores nothing itself. */
final class OperatorWork {

    /** The Go node's word for it. */
    static final String ABANDONED = "abandoned";

    /** How many queued transactions are given up at a time; as many as Go's largest {@code MaxQueued}, and more. */
    static final int ABANDONED_MAX = 50_000;

    private final Address key;
    private final KeyContext context;
    private final KeyActions actions;

    OperatorWork(Address key, KeyContext context, KeyActions actions) {
        this.key = key;
        this.context = context;
        this.actions = actions;
    }

    /** What follows, with a note of it for the table of actions. */
    record Result(List<RowChange> changes, List<InFlight> paced, ActionOutcome outcome) {

        static Result refused(String why) {
            return new Result(List.of(), List.of(), new ActionOutcome.NotPossible(why));
        }

        static Result done(KeyActions.Plan plan, String what) {
            return new Result(plan.changes(), plan.paced(), new ActionOutcome.Done(what));
        }

        /** Done, unless it could not be signed. */
        static Result signed(KeyActions.Plan plan, String what) {
            if (plan.changes().isEmpty() && plan.trouble().isPresent()) {
                return new Result(
                        List.of(),
                        plan.paced(),
                        new ActionOutcome.NotPossible(plan.trouble().get()));
            }
            return done(plan, what);
        }
    }

    Result carryOut(KeyState state, Order order, long head) {
        Result result =
                switch (order.action()) {
                    case OperatorAction.Bump bump ->
                        ofWaiting(state, bump.transactionId(), transaction -> bump(transaction, head));
                    case OperatorAction.Rebroadcast again ->
                        ofWaiting(state, again.transactionId(), transaction -> rebroadcast(transaction, head));
                    case OperatorAction.Cancel cancel -> cancel(state, cancel.transactionId(), order.actor(), head);
                    case OperatorAction.FillNonces ignored -> fill(state);
                    case OperatorAction.Abandon ignored -> abandon(state, order.actor(), head);
                };
        List<RowChange> changes = new ArrayList<>(result.changes());
        if (!(order.action() instanceof OperatorAction.Abandon)) {
            changes.add(note(state, order, result.outcome()));
        }
        return new Result(changes, result.paced(), result.outcome());
    }

    private static RowChange note(KeyState state, Order order, ActionOutcome outcome) {
        OptionalLong id = transactionId(order.action());
        OptionalLong nonce = id.isPresent()
                ? find(state, id.getAsLong()).stream()
                        .mapToLong(InFlight::nonce)
                        .findFirst()
                : OptionalLong.empty();
        return new RowChange.Noted(
                order.actor(), order.action().word(), id, nonce, outcome instanceof ActionOutcome.Done, outcome.text());
    }

    private static OptionalLong transactionId(OperatorAction action) {
        return switch (action) {
            case OperatorAction.Bump bump -> OptionalLong.of(bump.transactionId());
            case OperatorAction.Cancel cancel -> OptionalLong.of(cancel.transactionId());
            case OperatorAction.Rebroadcast again -> OptionalLong.of(again.transactionId());
            case OperatorAction.FillNonces ignored -> OptionalLong.empty();
            case OperatorAction.Abandon ignored -> OptionalLong.empty();
        };
    }

    private static Optional<InFlight> find(KeyState state, long id) {
        return state.waiting().filter(transaction -> transaction.id() == id).findFirst();
    }

    /** Work on one transaction that has a nonce and is not mined. */
    @FunctionalInterface
    private interface OnWaiting {
        Result apply(InFlight transaction);
    }

    private Result ofWaiting(KeyState state, long id, OnWaiting work) {
        return find(state, id).map(work::apply).orElseGet(() -> Result.refused(standing(id)));
    }

    /** Why there is nothing to be done about a transaction that is not in flight. */
    private String standing(long id) {
        return context.store()
                .standing(key, id)
                .map(row -> switch (row.state()) {
                    case UNSTARTED -> "transaction " + id + " is queued and was never sent: ask why it waits";
                    case CONFIRMED, FINALIZED -> "transaction " + id + " is mined already";
                    case FATAL_ERROR -> "transaction " + id + " has failed already";
                    case IN_PROGRESS, UNCONFIRMED, CONFIRMED_MISSING_RECEIPT ->
                        "transaction " + id + " has just changed: try again";
                })
                .orElse("key " + key + " has no transaction " + id);
    }

    private Result bump(InFlight transaction, long head) {
        if (transaction.missingReceipt()) {
            return Result.refused("nonce " + transaction.nonce() + " is used already: a higher price changes nothing");
        }
        return switch (context.chain().bump(transaction.top().signed().fee(), key)) {
            case FeeBump.Raised raised ->
                Result.signed(
                        actions.replace(transaction, raised.quote(), Optional.empty(), head),
                        "transaction " + transaction.id() + " is sent again at up to "
                                + raised.quote().ceiling() + " wei");
            case FeeBump.AtLimit limit ->
                Result.refused("the next price, " + limit.wanted().ceiling() + " wei, is above the limit of "
                        + limit.ceiling() + " wei: raise EVM.GasEstimator.PriceMax (or the key's own)");
        };
    }

    private Result rebroadcast(InFlight transaction, long head) {
        KeyActions.Plan plan = transaction.top().unsent()
                ? actions.send(List.of(transaction), head)
                : actions.resend(List.of(transaction), head);
        String answer = plan.answers().getFirst();
        return Result.done(
                plan,
                "transaction " + transaction.id() + " was given to the endpoints again: "
                        + (answer.isEmpty() ? "they took it" : answer));
    }

    private Result cancel(KeyState state, long id, String actor, long head) {
        String reason = "cancelled by " + actor;
        Optional<InFlight> waiting = find(state, id);
        if (waiting.isPresent()) {
            return cancelSent(waiting.get(), reason, head);
        }
        return context.store()
                .standing(key, id)
                .filter(row -> row.state() == TransactionState.UNSTARTED)
                .map(row -> {
                    List<RowChange> changes = new ArrayList<>();
                    changes.add(new RowChange.Refused(id, reason));
                    if (row.awaited()) {
                        changes.add(new RowChange.Settled(id, OptionalLong.empty()));
                    }
                    return new Result(
                            changes, List.of(), new ActionOutcome.Done("transaction " + id + " left the queue"));
                })
                .orElseGet(() -> Result.refused(standing(id)));
    }

    private Result cancelSent(InFlight transaction, String reason, long head) {
        if (transaction.missingReceipt()) {
            return Result.refused("nonce " + transaction.nonce() + " is used already: it cannot be taken back");
        }
        if (transaction.purging()) {
            return Result.refused("an empty transaction is taking its nonce already");
        }
        if (transaction.everSent()
                && context.chain().bump(transaction.top().signed().fee(), key) instanceof FeeBump.AtLimit limit) {
            return Result.refused("an empty transaction would have to offer more than the limit of " + limit.ceiling()
                    + " wei to take its place: raise EVM.GasEstimator.PriceMax (or the key's own)");
        }
        return Result.signed(
                actions.purge(transaction, reason, head),
                "an empty transaction with nonce " + transaction.nonce()
                        + " is on its way; the first one may still be mined in its place");
    }

    /**
     * Who waits is told now. A nonce that was given out is used in any case, by an empty transaction or by what was
     * sent: left alone it would be a gap for all that comes later.
     */
    private Result abandon(KeyState state, String actor, long head) {
        List<RowChange> changes = new ArrayList<>();
        List<TransactionStore.Queued> queued = context.store().queued(key, ABANDONED_MAX, List.of());
        for (TransactionStore.Queued one : queued) {
            changes.add(new RowChange.Refused(one.id(), ABANDONED));
            changes.add(abandoned(actor, one.id(), OptionalLong.empty(), "left the queue"));
            settle(changes, one.id(), one.terms());
        }
        List<InFlight> waiting = state.waiting().filter(one -> !one.purging()).toList();
        for (InFlight one : waiting) {
            changes.add(new RowChange.GivenUp(one.id(), one.nonce(), ABANDONED));
            changes.add(abandoned(actor, one.id(), OptionalLong.of(one.nonce()), "an empty one takes its nonce"));
            settle(changes, one.id(), one.terms());
        }
        List<InFlight> free =
                waiting.stream().filter(one -> !one.missingReceipt()).toList();
        KeyActions.Plan purge = actions.purgeAll(free, ABANDONED, head);
        changes.addAll(purge.changes());
        return new Result(
                changes,
                purge.paced(),
                new ActionOutcome.Done(
                        queued.size() + " transactions left the queue, and empty ones take the nonces of "
                                + waiting.size() + " that were under way"));
    }

    private static void settle(List<RowChange> changes, long id, Terms terms) {
        if (terms.awaited()) {
            changes.add(new RowChange.Settled(id, OptionalLong.empty()));
        }
    }

    private static RowChange abandoned(String actor, long id, OptionalLong nonce, String what) {
        return new RowChange.Noted(
                actor, "cancel", OptionalLong.of(id), nonce, true, "abandoned with all of the key: " + what);
    }

    private Result fill(KeyState state) {
        long mined = context.chain().minedCount(key);
        List<Long> gap = HeadRules.gap(state, mined);
        if (gap.isEmpty()) {
            return Result.refused(
                    "no nonce of key " + key + " is empty below a waiting transaction; the chain's next is " + mined);
        }
        return new Result(
                actions.fill(gap), List.of(), new ActionOutcome.Done("empty transactions take the nonces " + gap));
    }
}
