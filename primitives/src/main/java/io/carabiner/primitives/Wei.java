package io.carabiner.primitives;

import java.math.BigInteger;

/**
 * An amount of a chain's native coin, in its smallest unit. Never negative.
 *
 * @param amount the number of wei, 0 or more
 */
public record Wei(BigInteger amount) implements Comparable<Wei> {

    /** Nothing. */
    public static final Wei ZERO = new Wei(BigInteger.ZERO);

    /** One gwei is this many wei. */
    public static final BigInteger WEI_PER_GWEI = BigInteger.TEN.pow(9);

    /** Checks that the amount is not negative. */
    public Wei {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("an amount of wei is 0 or more, not " + amount);
        }
    }

    /** This many wei. */
    public static Wei of(long amount) {
        return new Wei(BigInteger.valueOf(amount));
    }

    /** This many gwei. */
    public static Wei ofGwei(long gwei) {
        return new Wei(BigInteger.valueOf(gwei).multiply(WEI_PER_GWEI));
    }

    /** The sum. */
    public Wei plus(Wei other) {
        return new Wei(amount.add(other.amount));
    }

    /** The product with a whole number that is 0 or more. */
    public Wei times(long factor) {
        return new Wei(amount.multiply(BigInteger.valueOf(factor)));
    }

    /** The smaller of both. */
    public Wei min(Wei other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** The larger of both. */
    public Wei max(Wei other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public int compareTo(Wei other) {
        return amount.compareTo(other.amount);
    }

    /** The plain number of wei. */
    @Override
    public String toString() {
        return amount.toString();
    }
}
