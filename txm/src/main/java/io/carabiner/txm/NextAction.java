package io.carabiner.txm;

import java.util.List;

/** What the owner of a key does next. One action is one round of network and one write transaction at most. */
sealed interface NextAction {

    /** Give the top attempts of these to the network, lowest nonce first. */
    record Send(List<InFlight> transactions) implements NextAction {}

    /** Ask the chain where the nonces stand. */
    record SyncNonce() implements NextAction {}

    /** Give nonces to at most so many queued transactions, and sign and store them. */
    record Start(int places) implements NextAction {}

    /** Store what a head brought. */
    record Digest(HeadFacts facts) implements NextAction {}

    /** Take nonces that nothing of ours has. */
    record Fill(List<Long> nonces) implements NextAction {}

    /** Raise the price of these. */
    record Bump(List<InFlight> transactions) implements NextAction {}

    /** Give what was sent to the network once more. */
    record Resend(List<InFlight> transactions) implements NextAction {}

    /** Nothing until then, on the monotonic clock, unless something comes. */
    record Rest(long untilNanos) implements NextAction {}
}
