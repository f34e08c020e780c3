package io.carabiner.txm;

import java.util.List;

/**
 * A part of a list.
 *
 * @param transactions newest first
 * @param total how many the whole list has
 */
public record TransactionPage(List<TransactionView> transactions, long total) {

    /** Copies the list. */
    public TransactionPage {
        transactions = List.copyOf(transactions);
    }
}
