package io.carabiner.primitives;

import java.math.BigInteger;

/**
 * The id of an EVM chain (EIP-155): 1 is Ethereum.
 *
 * @param value 0 or more; some chains use ids beyond 64 bits
 */
public record ChainId(BigInteger value) implements Comparable<ChainId> {

    /** Checks that the id is not negative. */
    public ChainId {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("a chain id is 0 or more, not " + value);
        }
    }

    /** The chain with this id. */
    public static ChainId of(long value) {
        return new ChainId(BigInteger.valueOf(value));
    }

    @Override
    public int compareTo(ChainId other) {
        return value.compareTo(other.value);
    }

    /** The plain decimal number. */
    @Override
    public String toString() {
        return value.toString();
    }
}
