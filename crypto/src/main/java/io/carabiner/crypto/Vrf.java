package io.carabiner.crypto;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/**
 * The verifiable random function of the Chainlink coordinators: Goldberg et al. (draft-irtf-cfrg-vrf-05) over secp256k1
 * with Keccak-256.
 *
 * <p>The nonce is derived from the key and the seed's point (RFC 6979), so the same request gives the same bytes
 * however often it is answered, and a poor source of randomness cannot give a key away. The Go node draws it.
 *
 * <p>Counterpart in the Go node 2.15: core/services/keystore/keys/vrfkey. Stateless; safe for use by many threads.
 */
public final class Vrf {

    /** How long a public key is as the Go node writes it: x, then 01 for an odd y, else 00. */
    public static final int COMPRESSED_SIZE = 33;

    static final byte[] PREFIX_OUTPUT = word(3);

    private static final byte[] PREFIX_HASH_TO_CURVE = word(1);
    private static final byte[] PREFIX_CHALLENGE = word(2);
    private static final byte[] PREFIX_NONCE = "carabiner VRF nonce".getBytes(StandardCharsets.UTF_8);
    private static final int WORD = 32;
    private static final int UNCOMPRESSED = 4;
    private static final int EVEN = 2;

    private Vrf() {}

    private static byte[] word(int value) {
        byte[] word = new byte[WORD];
        word[WORD - 1] = (byte) value;
        return word;
    }

    /** The proof for a seed. */
    public static VrfProof prove(PrivateKey key, Hash32 seed) {
        BigInteger secret = key.scalar();
        PublicKey publicKey = Secp256k1.publicKey(key);
        ECPoint hash = hashToCurve(publicKey, seed);
        HMacDSAKCalculator nonces = new HMacDSAKCalculator(new SHA256Digest());
        nonces.init(
                Curve.ORDER,
                secret,
                Keccak256.digest(PREFIX_NONCE, publicKey(hash).bytes().toArray()));
        Optional<VrfProof> proof = Optional.empty();
        while (proof.isEmpty()) {
            proof = prove(secret, publicKey, hash, seed, nonces.nextK());
        }
        return proof.get();
    }

    /** Nothing if the contract could not check a proof with this nonce, which nobody will ever see happen. */
    private static Optional<VrfProof> prove(
            BigInteger secret, PublicKey publicKey, ECPoint hash, Hash32 seed, BigInteger nonce) {
        PublicKey gamma = publicKey(hash.multiply(secret).normalize());
        Address u = address(Curve.GENERATOR.multiply(nonce).normalize());
        ECPoint v = hash.multiply(nonce).normalize();
        BigInteger c = challenge(hash, publicKey, gamma, u, v);
        if (c.compareTo(Curve.ORDER) >= 0) {
            return Optional.empty();
        }
        BigInteger s = nonce.subtract(c.multiply(secret)).mod(Curve.ORDER);
        boolean canBeAdded = !point(gamma).multiply(c).equals(hash.multiply(s));
        return canBeAdded ? Optional.of(new VrfProof(publicKey, gamma, c, s, seed)) : Optional.empty();
    }

    /** Whether a proof holds. */
    public static boolean verify(VrfProof proof) {
        ECPoint hash = hashToCurve(proof.publicKey(), proof.seed());
        ECPoint gamma = point(proof.gamma());
        ECPoint u = ECAlgorithms.sumOfTwoMultiplies(point(proof.publicKey()), proof.c(), Curve.GENERATOR, proof.s());
        ECPoint v = ECAlgorithms.sumOfTwoMultiplies(gamma, proof.c(), hash, proof.s());
        return !u.isInfinity()
                && !v.isInfinity()
                && challenge(hash, proof.publicKey(), proof.gamma(), address(u.normalize()), v.normalize())
                        .equals(proof.c());
    }

    /** The seed of a request: what the coordinator chose, mixed with the hash of the block that holds the request. */
    public static Hash32 seed(Hash32 preSeed, Hash32 blockHash) {
        return Keccak256.hash(preSeed.toArray(), blockHash.toArray());
    }

    /**
     * Reads a public key as the Go node writes it.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static PublicKey publicKey(Bytes compressed) {
        if (compressed.size() != COMPRESSED_SIZE) {
            throw new IllegalArgumentException(
                    "a VRF public key has " + COMPRESSED_SIZE + " bytes, not " + compressed.size());
        }
        int parity = compressed.at(WORD);
        if (parity != 0 && parity != 1) {
            throw new IllegalArgumentException("a VRF public key ends with 00 or 01");
        }
        byte[] encoded = new byte[COMPRESSED_SIZE];
        encoded[0] = (byte) (EVEN + parity);
        System.arraycopy(compressed.toArray(), 0, encoded, 1, WORD);
        return publicKey(Curve.CURVE.decodePoint(encoded));
    }

    /** A point of the curve that nobody can choose: candidates for x are hashed until one is on the curve. */
    static ECPoint hashToCurve(PublicKey publicKey, Hash32 seed) {
        byte[] x = fieldHash(PREFIX_HASH_TO_CURVE, publicKey.bytes().toArray(), seed.toArray());
        Optional<ECPoint> point = evenPoint(x);
        while (point.isEmpty()) {
            x = fieldHash(x);
            point = evenPoint(x);
        }
        return point.get();
    }

    private static byte[] fieldHash(byte[]... parts) {
        byte[] hash = Keccak256.digest(parts);
        while (new BigInteger(1, hash).compareTo(Curve.FIELD) >= 0) {
            hash = Keccak256.digest(hash);
        }
        return hash;
    }

    private static Optional<ECPoint> evenPoint(byte[] x) {
        byte[] encoded = new byte[COMPRESSED_SIZE];
        encoded[0] = EVEN;
        System.arraycopy(x, 0, encoded, 1, WORD);
        try {
            return Optional.of(Curve.CURVE.decodePoint(encoded));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no point of the curve has this x
        }
    }

    private static BigInteger challenge(ECPoint hash, PublicKey key, PublicKey gamma, Address u, ECPoint v) {
        return new BigInteger(
                1,
                Keccak256.digest(
                        PREFIX_CHALLENGE,
                        publicKey(hash).bytes().toArray(),
                        key.bytes().toArray(),
                        gamma.bytes().toArray(),
                        publicKey(v).bytes().toArray(),
                        u.bytes().toArray()));
    }

    static Address address(ECPoint normalized) {
        return EthereumAddress.of(publicKey(normalized));
    }

    static PublicKey publicKey(ECPoint normalized) {
        byte[] encoded = normalized.getEncoded(false);
        return new PublicKey(Bytes.of(Arrays.copyOfRange(encoded, 1, encoded.length)));
    }

    static ECPoint point(PublicKey key) {
        byte[] encoded = new byte[1 + PublicKey.SIZE];
        encoded[0] = UNCOMPRESSED;
        System.arraycopy(key.bytes().toArray(), 0, encoded, 1, PublicKey.SIZE);
        return Curve.CURVE.decodePoint(encoded);
    }
}
