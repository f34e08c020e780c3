package io.carabiner.crypto;

import io.carabiner.primitives.Bytes;
import java.math.BigInteger;

/**
 * A point of secp256k1 other than infinity, as 64 bytes: x, then y, each big-endian.
 *
 * <p>Immutable. Made by {@link Secp256k1}, which guarantees that the point lies on the curve.
 *
 * @param bytes exactly 64 bytes
 */
public record PublicKey(Bytes bytes) {

    /** The length in bytes. */
    public static final int SIZE = 64;

    /** Checks the length. */
    public PublicKey {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a public key has " + SIZE + " bytes, not " + bytes.size());
        }
    }

    /** The first coordinate. */
    public BigInteger x() {
        return new BigInteger(1, bytes.slice(0, SIZE / 2).toArray());
    }

    /** The second coordinate. */
    public BigInteger y() {
        return new BigInteger(1, bytes.slice(SIZE / 2, SIZE).toArray());
    }
}
