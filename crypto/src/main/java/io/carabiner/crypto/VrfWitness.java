package io.carabiner.crypto;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.math.BigInteger;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/**
 * What the verifying contract cannot afford to compute and checks instead. Immutable.
 *
 * <p>Counterpart in the Go node 2.15: core/services/vrf/proof/solidity_proof.go; in the contracts: VRF.sol.
 *
 * @param u the address of {@code c·publicKey + s·G}
 * @param cGamma {@code c·gamma}
 * @param sHash {@code s·hash(seed)}
 * @param zInverse the inverse of the z that the contract gets when it adds the two points
 */
public record VrfWitness(Address u, PublicKey cGamma, PublicKey sHash, BigInteger zInverse) {

    /** The length of {@link #encode} in bytes. */
    public static final int ENCODED_SIZE = 13 * 32;

    private static final int WORD = 32;

    /** Of a proof that holds. */
    public static VrfWitness of(VrfProof proof) {
        ECPoint key = Vrf.point(proof.publicKey());
        ECPoint u = ECAlgorithms.sumOfTwoMultiplies(key, proof.c(), Curve.GENERATOR, proof.s());
        ECPoint cGamma = Vrf.point(proof.gamma()).multiply(proof.c()).normalize();
        ECPoint sHash = Vrf.hashToCurve(proof.publicKey(), proof.seed())
                .multiply(proof.s())
                .normalize();
        return new VrfWitness(
                Vrf.address(u.normalize()), Vrf.publicKey(cGamma), Vrf.publicKey(sHash), zInverse(cGamma, sHash));
    }

    /** The contract adds with a slope over its denominator, cubed for y, and multiplies both denominators. */
    private static BigInteger zInverse(ECPoint one, ECPoint other) {
        BigInteger width = other.getAffineXCoord()
                .toBigInteger()
                .subtract(one.getAffineXCoord().toBigInteger());
        return width.modPow(BigInteger.valueOf(5), Curve.FIELD).modInverse(Curve.FIELD);
    }

    /**
     * The struct {@code VRF.Proof} of the contracts, ABI-encoded: 13 words.
     *
     * @param seed the seed as the contract knows it, before the hash of the request's block was mixed in
     */
    public Bytes encode(VrfProof proof, Hash32 seed) {
        byte[] words = new byte[ENCODED_SIZE];
        int at = put(proof.publicKey().bytes(), words, 0);
        at = put(proof.gamma().bytes(), words, at);
        Curve.writeWord(proof.c(), words, at);
        Curve.writeWord(proof.s(), words, at + WORD);
        at = put(seed.bytes(), words, at + 2 * WORD);
        at = put(u.bytes(), words, at + WORD - Address.SIZE);
        at = put(cGamma.bytes(), words, at);
        at = put(sHash.bytes(), words, at);
        Curve.writeWord(zInverse, words, at);
        return Bytes.of(words);
    }

    private static int put(Bytes part, byte[] words, int at) {
        System.arraycopy(part.toArray(), 0, words, at, part.size());
        return at + part.size();
    }
}
