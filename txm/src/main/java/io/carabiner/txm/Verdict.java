package io.carabiner.txm;

/** What to do about a transaction after an endpoint spoke on its top attempt. */
sealed interface Verdict {

    /** It is in a pool, or its nonce is used: the receipt will tell. */
    record Taken() implements Verdict {}

    /** Send it again at a higher price, now. */
    record BumpNow() implements Verdict {}

    /** Send it again at today's price, now. */
    record PriceAnew() implements Verdict {}

    /** Wait until the key can pay. */
    record LackFunds() implements Verdict {}

    /**
     * It can never be mined: let something that does nothing take its nonce, because later nonces are signed already.
     */
    record Purge(String reason) implements Verdict {}

    /**
     * Only this attempt is of no use; the one before it may be in a pool.
     *
     * @param doubtful whether that one must be tried at once, because it may be of no use either
     */
    record Withdraw(boolean doubtful) implements Verdict {}

    /** Send the same again later. */
    record TryAgain() implements Verdict {}

    /** Taken if the account's pending nonce has passed it, else try again. */
    record AskNonce() implements Verdict {}
}
