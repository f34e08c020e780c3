package io.carabiner.keystore;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Keys over Curve25519 in the layouts of Go: 64 bytes, the seed and then the public key. Stateless. */
final class Ed25519Keys {

    /** The length of a private key: seed and public key. */
    static final int PRIVATE_SIZE = 64;

    static final int PUBLIC_SIZE = 32;
    private static final int SEED_SIZE = 32;

    private Ed25519Keys() {}

    static byte[] generate(SecureRandom random) {
        byte[] key = new byte[PRIVATE_SIZE];
        byte[] seed = random(random, SEED_SIZE);
        System.arraycopy(seed, 0, key, 0, SEED_SIZE);
        Ed25519.generatePublicKey(seed, 0, key, SEED_SIZE);
        Arrays.fill(seed, (byte) 0);
        return key;
    }

    /**
     * The public half of the 64 bytes that begin at an offset.
     *
     * @throws IllegalArgumentException if there are no 64 bytes, or the halves are not a pair
     */
    static byte[] publicKey(byte[] holder, int offset) {
        if (holder.length < offset + PRIVATE_SIZE) {
            throw new IllegalArgumentException("not an Ed25519 key");
        }
        byte[] derived = new byte[PUBLIC_SIZE];
        Ed25519.generatePublicKey(holder, offset, derived, 0);
        if (!Arrays.equals(derived, 0, PUBLIC_SIZE, holder, offset + SEED_SIZE, offset + PRIVATE_SIZE)) {
            throw new IllegalArgumentException("not an Ed25519 key");
        }
        return derived;
    }

    /** The public key for a scalar of X25519 that begins at an offset. */
    static byte[] x25519PublicKey(byte[] holder, int offset) {
        if (holder.length < offset + X25519.SCALAR_SIZE) {
            throw new IllegalArgumentException("not an X25519 key");
        }
        byte[] derived = new byte[X25519.POINT_SIZE];
        X25519.generatePublicKey(holder, offset, derived, 0);
        return derived;
    }

    static byte[] random(SecureRandom random, int size) {
        byte[] result = new byte[size];
        random.nextBytes(result);
        return result;
    }
}
