package io.carabiner.txm;

import io.carabiner.primitives.Address;

/** What a person asks the manager to do to a transaction or a key. */
public sealed interface OperatorAction {

    /** The word of the API, the command line and the table {@code tx_actions}. */
    String word();

    /** Offer more for a transaction, now. */
    record Bump(long transactionId) implements OperatorAction {
        @Override
        public String word() {
            return "bump";
        }
    }

    /**
     * Keep a transaction from happening: it leaves the queue, or an empty transaction that offers more takes its nonce.
     */
    record Cancel(long transactionId) implements OperatorAction {
        @Override
        public String word() {
            return "cancel";
        }
    }

    /** Give the same bytes to all endpoints once more. */
    record Rebroadcast(long transactionId) implements OperatorAction {
        @Override
        public String word() {
            return "rebroadcast";
        }
    }

    /**
     * Give up all of a key's transactions that are not mined: the queued ones fail, empty transactions take the nonces
     * of the others. In the table {@code tx_actions} each is a cancel.
     */
    record Abandon(Address key) implements OperatorAction {
        @Override
        public String word() {
            return "abandon";
        }
    }

    /** Take a key's empty nonces below waiting transactions, without waiting for some heads to confirm the gap. */
    record FillNonces(Address key) implements OperatorAction {
        @Override
        public String word() {
            return "fill";
        }
    }
}
