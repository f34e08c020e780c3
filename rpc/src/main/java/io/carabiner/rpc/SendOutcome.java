package io.carabiner.rpc;

/**
 * What an endpoint (or, for a broadcast, all of them together) said to a signed transaction. Immutable.
 *
 * <p>The kinds follow the Go node 2.15, core/chains/evm/client/errors.go; what they mean for the transaction is the
 * transaction manager's business. Every refusal carries the endpoint's own words.
 */
public sealed interface SendOutcome {

    /** The endpoint's words, empty for {@link Accepted}. */
    String reason();

    /** Taken into a pool. */
    record Accepted() implements SendOutcome {
        @Override
        public String reason() {
            return "";
        }
    }

    /** The same transaction is in a pool or mined already. */
    record AlreadyKnown(String reason) implements SendOutcome {}

    /** The nonce is used: by this transaction, already mined, or by another one. Its receipt decides. */
    record NonceTooLow(String reason) implements SendOutcome {}

    /** A transaction with a lower nonce has not reached this endpoint yet. Send again later. */
    record NonceTooHigh(String reason) implements SendOutcome {}

    /** Another transaction with this nonce is in the pool and pays as much or more. */
    record ReplacementUnderpriced(String reason) implements SendOutcome {}

    /** The pool is full or will not take it for now at this price; it counts as sent and is resent later. */
    record LimitReached(String reason) implements SendOutcome {}

    /** The price will never be taken: bump now. */
    record Underpriced(String reason) implements SendOutcome {}

    /**
     * The fee is outside what a layer-2 sequencer takes now (too low, too high, or its queue is full): price it anew.
     */
    record FeeOutOfRange(String reason) implements SendOutcome {}

    /** The account cannot pay. */
    record InsufficientFunds(String reason) implements SendOutcome {}

    /** The endpoint's own limit on the fee of a transaction is lower than this one's. */
    record FeeCapExceeded(String reason) implements SendOutcome {}

    /** The chain will never include it, whatever it pays: purge it. */
    record TerminallyStuck(String reason) implements SendOutcome {}

    /** It can never be valid. */
    record Fatal(String reason) implements SendOutcome {}

    /** No endpoint could take it now (none up, timeout, overload): send the same again. */
    record Retryable(String reason) implements SendOutcome {}

    /** Words that no table knows: check the account's nonce, then send the same again. */
    record Unknown(String reason) implements SendOutcome {}
}
