package io.carabiner.txm;

import java.util.Arrays;

/**
 * Where a transaction stands. The names in the database and in the API are the Go node's ({@code eth_txes.state},
 * migration 0248).
 */
public enum TransactionState {
    /** Queued; has no nonce yet. */
    UNSTARTED("unstarted"),
    /** Has a nonce and a stored signed attempt; it may or may not have reached an endpoint. */
    IN_PROGRESS("in_progress"),
    /** An endpoint took it, or the chain is known to have seen it. */
    UNCONFIRMED("unconfirmed"),
    /** Its nonce is used on chain, but no receipt of any of its attempts was found yet. */
    CONFIRMED_MISSING_RECEIPT("confirmed_missing_receipt"),
    /** A receipt in the canonical chain is stored. */
    CONFIRMED("confirmed"),
    /** The receipt's block is final. Nothing changes any more. */
    FINALIZED("finalized"),
    /** It will never do what was asked. Nothing changes any more, except that its nonce may still be filled. */
    FATAL_ERROR("fatal_error");

    private final String word;

    TransactionState(String word) {
        this.word = word;
    }

    /** The word in the database and in the API. */
    public String word() {
        return word;
    }

    /**
     * The state of a word.
     *
     * @throws IllegalArgumentException if there is no such state
     */
    public static TransactionState ofWord(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no transaction state is called \"" + word + "\""));
    }

    @Override
    public String toString() {
        return word;
    }
}
