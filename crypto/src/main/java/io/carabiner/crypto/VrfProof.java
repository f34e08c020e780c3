package io.carabiner.crypto;

import io.carabiner.primitives.Hash32;
import java.math.BigInteger;

/**
 * A proof that {@code gamma} follows from a seed and the private key of {@code publicKey}: what {@link Vrf} makes and
 * verifies. Immutable.
 *
 * @param gamma the seed's point of the curve, times the private key
 * @param c the challenge, below the order of the curve
 * @param s the response, below the order of the curve
 * @param seed what the randomness was asked for with
 */
public record VrfProof(PublicKey publicKey, PublicKey gamma, BigInteger c, BigInteger s, Hash32 seed) {

    /** Checks the ranges. */
    public VrfProof {
        if (!isScalar(c) || !isScalar(s)) {
            throw new IllegalArgumentException("c and s lie between 0 and the order of secp256k1");
        }
    }

    private static boolean isScalar(BigInteger number) {
        return number.signum() >= 0 && number.compareTo(Curve.ORDER) < 0;
    }

    /** The random output: there is exactly one for a key and a seed. */
    public Hash32 output() {
        return Keccak256.hash(Vrf.PREFIX_OUTPUT, gamma.bytes().toArray());
    }
}
