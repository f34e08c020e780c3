package io.carabiner.guards;

import io.carabiner.txm.SendQuestion;

/** Tries a transaction out without sending it. */
@FunctionalInterface
interface Simulation {

    /** How it went. */
    sealed interface Outcome {}

    /**
     * It would work.
     *
     * @param gas that it would use
     */
    record Works(long gas) implements Outcome {}

    /** It would revert, or could not be paid. */
    record Reverts(String reason) implements Outcome {}

    /** No endpoint could say. */
    record Unknown(String reason) implements Outcome {}

    Outcome of(SendQuestion question);
}
