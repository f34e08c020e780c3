package io.carabiner.primitives;

import java.math.BigInteger;

/**
 * An amount of LINK in its smallest unit: 10^18 juels are one LINK. Never negative.
 *
 * @param amount the number of juels, 0 or more
 */
public record Juels(BigInteger amount) implements Comparable<Juels> {

    /** Nothing. */
    public static final Juels ZERO = new Juels(BigInteger.ZERO);

    /** Checks that the amount is not negative. */
    public Juels {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("an amount of juels is 0 or more, not " + amount);
        }
    }

    @Override
    public int compareTo(Juels other) {
        return amount.compareTo(other.amount);
    }

    /** The plain number of juels. */
    @Override
    public String toString() {
        return amount.toString();
    }
}
