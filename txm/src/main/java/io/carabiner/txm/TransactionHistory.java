package io.carabiner.txm;

import io.carabiner.database.Database;
import io.carabiner.primitives.Hash32;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was sent and what waits, of all chains: the read model for API and CLI. Safe for use by many threads. */
public interface TransactionHistory {

    /** The history in a database. */
    static TransactionHistory in(Database database) {
        return new SqlTransactionHistory(database);
    }

    /** Transactions that have an attempt, newest first, each with its newest attempt. */
    TransactionPage transactions(int offset, int limit);

    /** All attempts, newest first, each with its transaction. */
    TransactionPage attempts(int offset, int limit);

    /** The transaction of an attempt, with that attempt. */
    Optional<TransactionView> find(Hash32 attemptHash);

    /** The transaction with its newest attempt, also while it is queued. */
    Optional<TransactionView> find(long id);

    /** All attempts of a transaction, newest first. */
    List<AttemptView> attemptsOf(long id);

    /** The attempts of each of some transactions, newest first: one question to the database, however many. */
    Map<Long, List<AttemptView>> attemptsOf(Collection<Long> ids);
}
