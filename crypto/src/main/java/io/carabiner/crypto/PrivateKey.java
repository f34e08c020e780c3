package io.carabiner.crypto;

import io.carabiner.primitives.Bytes;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * A secp256k1 private key: a scalar from 1 to the group order less 1.
 *
 * <p>It prints as a mask, compares by identity, and can be wiped; a wiped key refuses to be used. Safe to share between
 * threads as long as nobody wipes it meanwhile.
 */
public final class PrivateKey implements Destroyable {

    /** The length in bytes. */
    public static final int SIZE = 32;

    private static final int GENERATE_ATTEMPTS_MAX = 128;

    private final byte[] scalar;
    private volatile boolean destroyed;

    private PrivateKey(byte[] scalar) {
        this.scalar = scalar;
    }

    /**
     * From the big-endian scalar of 1 to 32 bytes, which is copied; the caller wipes its own copy.
     *
     * @throws IllegalArgumentException if the scalar is zero, the group order or more; the message never holds the key
     */
    public static PrivateKey of(byte[] content) {
        if (content.length == 0 || content.length > SIZE) {
            throw new IllegalArgumentException("a private key has 1 to " + SIZE + " bytes, not " + content.length);
        }
        byte[] padded = new byte[SIZE];
        System.arraycopy(content, 0, padded, SIZE - content.length, content.length);
        if (!inRange(padded)) {
            Arrays.fill(padded, (byte) 0);
            throw new IllegalArgumentException("a private key lies between 1 and the order of secp256k1");
        }
        return new PrivateKey(padded);
    }

    /**
     * From 64 hex digits, with or without {@code 0x}: for published development keys and tests.
     *
     * @throws IllegalArgumentException if the text is no such key; the message never holds the key
     */
    public static PrivateKey fromHex(String text) {
        Bytes content;
        try {
            content = Bytes.fromHex(text);
        } catch (IllegalArgumentException e) {
            // The cause would quote the text, which is meant to be a secret.
            throw new IllegalArgumentException("a private key is written as 64 hex digits");
        }
        return of(content.toArray());
    }

    /** A new key, evenly drawn from the source. */
    public static PrivateKey generate(SecureRandom random) {
        byte[] candidate = new byte[SIZE];
        for (int attempt = 0; attempt < GENERATE_ATTEMPTS_MAX; attempt++) {
            random.nextBytes(candidate);
            if (inRange(candidate)) {
                return new PrivateKey(candidate);
            }
        }
        throw new IllegalStateException("the source of randomness gave no valid key in 128 draws");
    }

    private static boolean inRange(byte[] content) {
        BigInteger value = new BigInteger(1, content);
        return value.signum() > 0 && value.compareTo(Curve.ORDER) < 0;
    }

    /** A copy of the big-endian scalar, 32 bytes; the caller wipes it. */
    public byte[] toArray() {
        if (destroyed) {
            throw new IllegalStateException("this private key has been wiped");
        }
        return scalar.clone();
    }

    BigInteger scalar() {
        if (destroyed) {
            throw new IllegalStateException("this private key has been wiped");
        }
        return new BigInteger(1, scalar);
    }

    /** Wipes the key from memory. */
    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(scalar, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    /** A mask: the key itself is never printed. */
    @Override
    public String toString() {
        return "PrivateKey[*****]";
    }
}
