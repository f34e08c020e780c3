package io.carabiner.txm;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How a transaction fares, for whoever must not ask for the same thing twice. */
public enum TransactionFate {
    /** It may still be mined, or be mined in another way: also while a revert is not final. */
    UNDER_WAY,
    /** It was mined and did what was asked. Until that is final a reorganisation makes it under way again. */
    DONE,
    /** It will never do what was asked: it reverted for good, or its nonce was used otherwise. */
    FAILED;

    private static final String QUERY = """
            SELECT t.state, r.successful FROM carabiner.txes t
            LEFT JOIN carabiner.tx_receipts r ON r.eth_tx_id = t.id WHERE t.id = :id""";

    /** The fate of a transaction as the handle's transaction sees it; empty if there is none of this id (any more). */
    public static Optional<TransactionFate> of(Handle sql, long id) {
        return sql.createQuery(QUERY)
                .bind("id", id)
                .map((row, context) ->
                        of(TransactionState.ofWord(row.getString("state")), row.getBoolean("successful")))
                .findOne();
    }

    private static TransactionFate of(TransactionState state, boolean successful) {
        return switch (state) {
            case UNSTARTED, IN_PROGRESS, UNCONFIRMED, CONFIRMED_MISSING_RECEIPT -> UNDER_WAY;
            case CONFIRMED -> successful ? DONE : UNDER_WAY;
            case FINALIZED -> successful ? DONE : FAILED;
            case FATAL_ERROR -> FAILED;
        };
    }
}
