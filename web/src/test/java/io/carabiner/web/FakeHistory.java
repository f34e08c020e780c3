package io.carabiner.web;

import io.carabiner.primitives.Hash32;
import io.carabiner.txm.AttemptView;
import io.carabiner.txm.TransactionHistory;
import io.carabiner.txm.TransactionPage;
import io.carabiner.txm.TransactionView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Transactions in a list. */
final class FakeHistory implements TransactionHistory {

    final List<TransactionView> transactions = new ArrayList<>();

    /** How often the attempts of several transactions were asked for at once. */
    int questions;

    long total;

    @Override
    public TransactionPage transactions(int offset, int limit) {
        return new TransactionPage(Fakes.part(transactions, offset, limit), total);
    }

    @Override
    public TransactionPage attempts(int offset, int limit) {
        return transactions(offset, limit);
    }

    @Override
    public Optional<TransactionView> find(Hash32 attemptHash) {
        return transactions.stream()
                .filter(view -> view.attempt().map(AttemptView::hash).equals(Optional.of(attemptHash)))
                .findFirst();
    }

    @Override
    public Optional<TransactionView> find(long id) {
        return transactions.stream().filter(view -> view.id() == id).findFirst();
    }

    @Override
    public List<AttemptView> attemptsOf(long id) {
        return find(id).flatMap(TransactionView::attempt).stream().toList();
    }

    @Override
    public Map<Long, List<AttemptView>> attemptsOf(Collection<Long> ids) {
        questions++;
        return ids.stream().collect(Collectors.toMap(id -> id, this::attemptsOf));
    }
}
