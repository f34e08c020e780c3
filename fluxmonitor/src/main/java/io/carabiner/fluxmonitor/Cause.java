package io.carabiner.fluxmonitor;

/** Why a monitor looks at its feed. Those with a timer stand in the order in which they are taken when many are due. */
enum Cause {
    /** Once a day while the flags are raised. */
    HIBERNATION(true),
    /** No round has begun for the idle period. */
    IDLE(true),
    /** A time of the drumbeat's schedule has come. */
    DRUMBEAT(true),
    /** A poll that must have an answer had none. */
    RETRY(true),
    /** A round that waits for this oracle could not be answered. */
    REJOIN(true),
    /** A round's time is over: it may be superseded. */
    ROUND_TIMEOUT(false),
    /** The poll period is over. */
    POLL(false),
    /** The monitor has begun. */
    INITIAL(false),
    /** A flag was lowered. */
    AWAKEN(true),
    /** Somebody else began a round. */
    NEW_ROUND(true);

    private final boolean anyAnswer;

    Cause(boolean anyAnswer) {
        this.anyAnswer = anyAnswer;
    }

    /** Whether the answer is told however close it is to the last one. */
    boolean takesAnyAnswer() {
        return anyAnswer;
    }

    /** Whether only a round that has begun may be answered: these never begin one. */
    boolean onlyJoins() {
        return this == REJOIN || this == NEW_ROUND;
    }

    /** Whether it is tried again, with growing pauses, until there is an answer. */
    boolean insists() {
        return this == IDLE || this == AWAKEN || this == RETRY;
    }
}
