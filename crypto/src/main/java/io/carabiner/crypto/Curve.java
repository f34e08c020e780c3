package io.carabiner.crypto;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;

/** The parameters of secp256k1, in BouncyCastle's implementation that is written for this one curve. */
final class Curve {

    static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256k1");
    static final ECCurve CURVE = PARAMETERS.getCurve();
    static final ECPoint GENERATOR = PARAMETERS.getG();
    static final BigInteger ORDER = PARAMETERS.getN();
    static final BigInteger HALF_ORDER = ORDER.shiftRight(1);
    static final BigInteger FIELD = CURVE.getField().getCharacteristic();

    private static final int WORD = 32;

    private Curve() {}

    /** Writes a number below 2^256 as 32 big-endian bytes. */
    static void writeWord(BigInteger value, byte[] target, int offset) {
        byte[] digits = value.toByteArray();
        int length = Math.min(digits.length, WORD);
        System.arraycopy(digits, digits.length - length, target, offset + WORD - length, length);
    }
}
