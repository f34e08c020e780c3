package io.carabiner.simulation;

/**
 * A mistake in the wiring around the real decisions, such as a program may hold, one for each kind of invariant. The
 * simulation must find each of them.
 */
enum PlantedBug {
    /** None: the program as it is. */
    NONE("nothing"),
    /** I1: the cursor moves in a transaction of its own, before the requests are stored. */
    CURSOR_BEFORE_REQUESTS("I1"),
    /** I2: a run's transaction is queued in a transaction of its own, and nothing tells it from a second one. */
    WISH_APART_FROM_RUN("I2"),
    /** I3: a key that is taken up again begins one nonce too high. */
    NONCE_SKIPPED("I3"),
    /** I5: offers are raised above the ceiling. */
    NO_PRICE_CEILING("I5"),
    /** I7: a run hears of its transaction's end in a transaction of its own. */
    END_TOLD_APART("I7"),
    /** I9: {@code MaxInFlight} is not obeyed. */
    NO_FLIGHT_LIMIT("I9");

    private final String invariant;

    PlantedBug(String invariant) {
        this.invariant = invariant;
    }

    /** The invariant it breaks. */
    String invariant() {
        return invariant;
    }
}
