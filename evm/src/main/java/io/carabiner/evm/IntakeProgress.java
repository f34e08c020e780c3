package io.carabiner.evm;

/** What a step of the intake came to. */
sealed interface IntakeProgress {

    /** All is stored up to the newest head. */
    record Idle() implements IntakeProgress {}

    /** Something was done; go on at once. */
    record Moved() implements IntakeProgress {}

    /** The answer was not good enough; try again a little later. */
    record TryLater(String why) implements IntakeProgress {}
}
