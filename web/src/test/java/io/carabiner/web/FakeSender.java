package io.carabiner.web;

import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Wei;
import io.carabiner.txm.ActionOutcome;
import io.carabiner.txm.Diagnosis;
import io.carabiner.txm.EnqueueOutcome;
import io.carabiner.txm.Finding;
import io.carabiner.txm.OperatorAction;
import io.carabiner.txm.TransactionRequest;
import io.carabiner.txm.TransactionState;
import io.carabiner.txm.TransferTerms;
import io.carabiner.txm.Txm;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A manager that has what it is told to have, and remembers what it was asked. */
final class FakeSender implements Txm {

    final List<TransactionRequest> requests = new ArrayList<>();
    final List<String> actions = new ArrayList<>();
    volatile ActionOutcome outcome = new ActionOutcome.Done("it was done");
    volatile Wei balance = new Wei(new BigInteger("999994534787989743516"));

    @Override
    public ChainId chainId() {
        return ChainId.of(1337);
    }

    @Override
    public void start() {}

    @Override
    public long enqueue(WriteTransaction tx, TransactionRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<EnqueueOutcome> enqueueAll(WriteTransaction tx, List<TransactionRequest> wanted) {
        requests.addAll(wanted);
        return wanted.stream()
                .<EnqueueOutcome>map(one -> new EnqueueOutcome.Queued(1))
                .toList();
    }

    @Override
    public void keysChanged() {}

    @Override
    public void askGateAgain() {}

    @Override
    public void forwardersChanged() {}

    @Override
    public ActionOutcome act(OperatorAction action, String actor) {
        actions.add(actor + " " + action.word());
        return outcome;
    }

    @Override
    public Optional<Diagnosis.OfTransaction> why(long transactionId) {
        return Optional.of(new Diagnosis.OfTransaction(
                transactionId,
                chainId(),
                Address.ZERO,
                TransactionState.UNCONFIRMED,
                OptionalLong.of(4),
                List.of(new Finding("UNDERPRICED", "It offers too little.", List.of(Finding.Remedy.BUMP)))));
    }

    @Override
    public List<Diagnosis.OfKey> why() {
        return List.of(new Diagnosis.OfKey(
                chainId(),
                Address.ZERO,
                3,
                1,
                OptionalLong.of(7),
                List.of(new Finding("NO_FUNDS", "The key cannot pay.", List.of()))));
    }

    @Override
    public TransferTerms transferTerms(Address from) {
        return new TransferTerms(21_000, new Wei(BigInteger.valueOf(1_000)), balance);
    }

    @Override
    public void close() {}
}
