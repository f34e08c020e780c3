package io.carabiner.crypto;

import io.carabiner.primitives.Hash32;
import java.util.Optional;

/**
 * Signatures over secp256k1 as Ethereum uses them: the one entry for all that sign or recover.
 *
 * <p>Signatures are deterministic (RFC 6979 with HMAC-SHA-256), so the same key and digest give the same bytes with
 * every implementation, and s is always in the lower half (EIP-2).
 *
 * <p>Stateless; safe for use by many threads at once. The work is done by a {@link Secp256k1Engine}; which one is
 * decided once, when this class is first used.
 */
public final class Secp256k1 {

    private static final Secp256k1Engine ENGINE = new BouncyCastleEngine();

    private Secp256k1() {}

    /** The public key that belongs to a private key. */
    public static PublicKey publicKey(PrivateKey key) {
        return ENGINE.publicKey(key);
    }

    /** Signs a digest of 32 bytes. */
    public static Signature sign(PrivateKey key, Hash32 digest) {
        return ENGINE.sign(key, digest);
    }

    /** The public key that made a signature, or nothing if no point fits it. */
    public static Optional<PublicKey> recover(Hash32 digest, Signature signature) {
        return ENGINE.recover(digest, signature);
    }

    /** Whether a signature over a digest was made with the private key of this public key. */
    public static boolean verify(PublicKey key, Hash32 digest, Signature signature) {
        return recover(digest, signature).filter(key::equals).isPresent();
    }
}
