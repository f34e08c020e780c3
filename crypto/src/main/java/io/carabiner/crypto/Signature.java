package io.carabiner.crypto;

import io.carabiner.primitives.Bytes;
import java.math.BigInteger;

/**
 * An ECDSA signature over secp256k1 with what is needed to recover the signer. Immutable.
 *
 * @param recoveryId 0 to 3: bit 0 is the parity of R's y (the {@code yParity} of typed transactions), bit 1 says that
 *     R's x was the group order or more, which nobody has ever seen happen
 * @param r from 1 to the group order less 1
 * @param s from 1 to the group order less 1; those made here are at most half the order (EIP-2)
 */
public record Signature(int recoveryId, BigInteger r, BigInteger s) {

    /** The length of the byte form. */
    public static final int SIZE = 65;

    private static final int WORD = 32;
    private static final int ELECTRUM_OFFSET = 27;

    /** Checks the ranges. */
    public Signature {
        if (recoveryId < 0 || recoveryId > 3) {
            throw new IllegalArgumentException("a recovery id is 0 to 3, not " + recoveryId);
        }
        requireScalar(r, "r");
        requireScalar(s, "s");
    }

    private static void requireScalar(BigInteger value, String name) {
        if (value.signum() <= 0 || value.compareTo(Curve.ORDER) >= 0) {
            throw new IllegalArgumentException(name + " of a signature lies between 1 and the order of secp256k1");
        }
    }

    /** Bit 0 of the recovery id: the {@code v} of typed (EIP-2718) transactions. */
    public int yParity() {
        return recoveryId & 1;
    }

    /** 27 or 28 (29, 30): the {@code v} of signed messages and of transactions before EIP-155. */
    public int v() {
        return recoveryId + ELECTRUM_OFFSET;
    }

    /** The {@code v} of a legacy transaction that is bound to a chain: recovery id + 35 + 2 × chain id (EIP-155). */
    public BigInteger v(BigInteger chainId) {
        return chainId.shiftLeft(1).add(BigInteger.valueOf(35L + recoveryId));
    }

    /** Whether s is in the lower half, as EIP-2 demands of transactions. */
    public boolean isLowS() {
        return s.compareTo(Curve.HALF_ORDER) <= 0;
    }

    /** r, s, recovery id: 65 bytes, as go-ethereum's {@code crypto.Sign} returns them. */
    public Bytes toBytes() {
        byte[] result = new byte[SIZE];
        Curve.writeWord(r, result, 0);
        Curve.writeWord(s, result, WORD);
        result[SIZE - 1] = (byte) recoveryId;
        return Bytes.of(result);
    }

    /**
     * From r, s and a last byte that is a recovery id, or one plus 27.
     *
     * @throws IllegalArgumentException if the length or a value is out of range
     */
    public static Signature of(Bytes content) {
        if (content.size() != SIZE) {
            throw new IllegalArgumentException("a signature has " + SIZE + " bytes, not " + content.size());
        }
        int last = Byte.toUnsignedInt(content.at(SIZE - 1));
        return new Signature(
                last >= ELECTRUM_OFFSET ? last - ELECTRUM_OFFSET : last,
                new BigInteger(1, content.slice(0, WORD).toArray()),
                new BigInteger(1, content.slice(WORD, 2 * WORD).toArray()));
    }
}
