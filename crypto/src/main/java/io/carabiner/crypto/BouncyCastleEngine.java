package io.carabiner.crypto;

import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** The curve in pure Java. The multiples of the generator are computed once and kept by BouncyCastle with its curve. */
final class BouncyCastleEngine implements Secp256k1Engine {

    /** The public key that belongs to a private key. */
    PublicKey publicKey(PrivateKey key) {
        return toPublicKey(timesGenerator(key.scalar()));
    }

    @Override
    public Signature sign(PrivateKey key, Hash32 digest) {
        byte[] message = digest.toArray();
        BigInteger secret = key.scalar();
        HMacDSAKCalculator nonces = new HMacDSAKCalculator(new SHA256Digest());
        nonces.init(Curve.ORDER, secret, message);
        BigInteger z = new BigInteger(1, message);
        while (true) {
            BigInteger k = nonces.nextK();
            ECPoint point = timesGenerator(k);
            BigInteger x = point.getAffineXCoord().toBigInteger();
            BigInteger r = x.mod(Curve.ORDER);
            BigInteger s = BigIntegers.modOddInverse(Curve.ORDER, k)
                    .multiply(z.add(secret.multiply(r)))
                    .mod(Curve.ORDER);
            if (r.signum() != 0 && s.signum() != 0) {
                return lowS(recoveryId(point, x), r, s);
            }
        }
    }

    /** Known from R itself, so nothing has to be tried out. */
    private static int recoveryId(ECPoint point, BigInteger x) {
        int parity = point.getAffineYCoord().testBitZero() ? 1 : 0;
        return x.compareTo(Curve.ORDER) >= 0 ? parity | 2 : parity;
    }

    /** Negating s mirrors R, so the parity turns over. */
    private static Signature lowS(int recoveryId, BigInteger r, BigInteger s) {
        return s.compareTo(Curve.HALF_ORDER) <= 0
                ? new Signature(recoveryId, r, s)
                : new Signature(recoveryId ^ 1, r, Curve.ORDER.subtract(s));
    }

    @Override
    public Optional<PublicKey> recover(Hash32 digest, Signature signature) {
        return decompress(signature).flatMap(point -> recover(digest, signature, point));
    }

    private static Optional<PublicKey> recover(Hash32 digest, Signature signature, ECPoint point) {
        BigInteger inverse = signature.r().modInverse(Curve.ORDER);
        BigInteger z = new BigInteger(1, digest.toArray());
        BigInteger forGenerator = inverse.multiply(z.negate()).mod(Curve.ORDER);
        BigInteger forPoint = inverse.multiply(signature.s()).mod(Curve.ORDER);
        ECPoint found = ECAlgorithms.sumOfTwoMultiplies(Curve.GENERATOR, forGenerator, point, forPoint);
        return found.isInfinity() ? Optional.empty() : Optional.of(toPublicKey(found.normalize()));
    }

    private static Optional<ECPoint> decompress(Signature signature) {
        BigInteger x =
                signature.recoveryId() < 2 ? signature.r() : signature.r().add(Curve.ORDER);
        if (x.compareTo(Curve.FIELD) >= 0) {
            return Optional.empty();
        }
        byte[] compressed = new byte[33];
        compressed[0] = (byte) (2 + signature.yParity());
        Curve.writeWord(x, compressed, 1);
        try {
            return Optional.of(Curve.CURVE.decodePoint(compressed));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no point of the curve has this x
        }
    }

    private static ECPoint timesGenerator(BigInteger scalar) {
        return new FixedPointCombMultiplier().multiply(Curve.GENERATOR, scalar).normalize();
    }

    private static PublicKey toPublicKey(ECPoint point) {
        byte[] encoded = point.getEncoded(false);
        return new PublicKey(Bytes.of(encoded).slice(1, encoded.length));
    }
}
