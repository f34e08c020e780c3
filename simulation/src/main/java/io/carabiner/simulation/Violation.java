package io.carabiner.simulation;

/** An invariant does not hold. */
final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String invariant;

    Violation(String invariant, String words) {
        super(invariant + ": " + words);
        this.invariant = invariant;
    }

    /** Which: {@code I1} to {@code I9}. */
    String invariant() {
        return invariant;
    }
}
