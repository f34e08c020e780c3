package io.carabiner.jobs;

import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Wei;
import io.carabiner.txm.ActionOutcome;
import io.carabiner.txm.Diagnosis;
import io.carabiner.txm.EnqueueOutcome;
import io.carabiner.txm.OperatorAction;
import io.carabiner.txm.TransactionRequest;
import io.carabiner.txm.TransferTerms;
import io.carabiner.txm.Txm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps wishes in a table, in the caller's transaction, as the real one does; sends nothing. */
final class FakeTxm implements Txm {

    static final String TABLE =
            "CREATE TABLE public.wishes (id bigserial PRIMARY KEY, key text UNIQUE, task uuid UNIQUE, data bytea, confirmations int)";

    private final ChainId chain;
    private volatile Consumer<TransactionRequest> trouble = request -> {};
    private volatile boolean refuses;

    FakeTxm(ChainId chain) {
        this.chain = chain;
    }

    /** Called with each wish after it was written; what it throws aborts the transaction. */
    void afterEachWish(Consumer<TransactionRequest> hook) {
        trouble = hook;
    }

    void refuseAll() {
        refuses = true;
    }

    void acceptAll() {
        refuses = false;
    }

    @Override
    public ChainId chainId() {
        return chain;
    }

    @Override
    public void start() {}

    @Override
    public long enqueue(WriteTransaction tx, TransactionRequest request) {
        throw new UnsupportedOperationException("one by one");
    }

    @Override
    public List<EnqueueOutcome> enqueueAll(WriteTransaction tx, List<TransactionRequest> requests) {
        List<EnqueueOutcome> outcomes = new ArrayList<>();
        for (TransactionRequest request : requests) {
            outcomes.add(refuses ? new EnqueueOutcome.Refused("QUEUE_FULL", "the queue is full") : store(tx, request));
        }
        return outcomes;
    }

    private EnqueueOutcome store(WriteTransaction tx, TransactionRequest request) {
        long id = tx.sql()
                .createQuery("""
                        INSERT INTO public.wishes (key, task, data, confirmations) VALUES (:key, :task, :data, :confirmations)
                        ON CONFLICT DO NOTHING RETURNING id""")
                .bind("key", request.idempotencyKey().orElseThrow())
                .bind("task", request.pipelineTaskRunId().orElseThrow())
                .bind("data", request.data().toArray())
                .bind("confirmations", request.minConfirmations().orElse(-1))
                .mapTo(Long.class)
                .findOne()
                .orElse(-1L);
        trouble.accept(request);
        return id < 0 ? new EnqueueOutcome.AlreadyThere(0) : new EnqueueOutcome.Queued(id);
    }

    @Override
    public void keysChanged() {}

    @Override
    public void askGateAgain() {}

    @Override
    public void forwardersChanged() {}

    @Override
    public TransferTerms transferTerms(Address from) {
        return new TransferTerms(21_000, Wei.ZERO, Wei.ZERO);
    }

    @Override
    public ActionOutcome act(OperatorAction action, String actor) {
        return new ActionOutcome.NotPossible("nothing is sent here");
    }

    @Override
    public Optional<Diagnosis.OfTransaction> why(long transactionId) {
        return Optional.empty();
    }

    @Override
    public List<Diagnosis.OfKey> why() {
        return List.of();
    }

    @Override
    public void close() {}
}
