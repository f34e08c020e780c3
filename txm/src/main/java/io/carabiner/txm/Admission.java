package io.carabiner.txm;

import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Asks the gate about queued transactions and sorts them by what it says. */
final class Admission {

    private final Address key;
    private final KeyContext context;
    private final HeldBack heldBack;

    Admission(Address key, KeyContext context, HeldBack heldBack) {
        this.key = key;
        this.context = context;
        this.heldBack = heldBack;
    }

    /**
     * What the gate made of a batch.
     *
     * @param allowed in their order
     * @param refusals the rows of those that will never be sent
     */
    record Sorted(List<TransactionStore.Queued> allowed, List<RowChange> refusals) {}

    /** Those that wait are remembered in {@link HeldBack}. */
    Sorted sort(List<TransactionStore.Queued> queued, FeeQuote fee) {
        if (context.gate() == SendGate.OPEN || queued.isEmpty()) {
            return new Sorted(queued, List.of());
        }
        List<GateAnswer> answers = ask(queued, fee);
        long now = context.time().monotonicNanos();
        Sorted sorted = new Sorted(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < queued.size(); i++) {
            TransactionStore.Queued one = queued.get(i);
            switch (answers.get(i)) {
                case GateAnswer.Allow ignored -> sorted.allowed().add(one);
                case GateAnswer.Wait wait -> heldBack.hold(one.id(), wait.reason(), now);
                case GateAnswer.Refuse refuse -> refuse(one, refuse.reason(), sorted.refusals());
            }
        }
        return sorted;
    }

    private static void refuse(TransactionStore.Queued one, String reason, List<RowChange> changes) {
        changes.add(new RowChange.Refused(one.id(), reason));
        if (one.terms().awaited()) {
            changes.add(new RowChange.Settled(one.id(), OptionalLong.empty()));
        }
    }

    /** A gate that fails must not stop what is under way: its questions wait. */
    private List<GateAnswer> ask(List<TransactionStore.Queued> queued, FeeQuote fee) {
        try {
            List<GateAnswer> answers = context.gate()
                    .ask(key, queued.stream().map(one -> question(one, fee)).toList());
            if (answers.size() == queued.size()) {
                return answers;
            }
            throw new IllegalStateException(answers.size() + " answers to " + queued.size() + " questions");
        } catch (RuntimeException e) {
            context.observer().messages().gateFailed(key.toString(), e);
            GateAnswer wait = new GateAnswer.Wait("the guards could not be asked: " + e.getMessage());
            return queued.stream().map(one -> wait).toList();
        }
    }

    private SendQuestion question(TransactionStore.Queued one, FeeQuote fee) {
        Payload payload = one.payload();
        return new SendQuestion(
                one.id(),
                context.chain().chainId(),
                key,
                payload.to(),
                payload.data(),
                payload.value(),
                context.chain().gasLimit(payload.gasLimit(), payload.data().size()),
                fee,
                one.meta(),
                one.task(),
                one.terms().askedAt());
    }
}
