package io.carabiner.crypto;

import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.KeccakDigest;

/**
 * Keccak-256 as Ethereum uses it: the original padding, not that of SHA3-256.
 *
 * <p>Stateless; safe for use by many threads.
 */
public final class Keccak256 {

    private static final int BITS = 256;

    private Keccak256() {}

    /** The hash of some bytes. */
    public static Hash32 hash(Bytes content) {
        return hash(content.toArray());
    }

    /** The hash of the parts one behind the other. */
    public static Hash32 hash(byte[]... parts) {
        return Hash32.of(digest(parts));
    }

    /** The hash of a text in UTF-8: event signatures, function signatures. */
    public static Hash32 hashText(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same hash as an array of 32 bytes, for those that go on calculating with it. */
    public static byte[] digest(byte[]... parts) {
        KeccakDigest keccak = new KeccakDigest(BITS);
        for (byte[] part : parts) {
            keccak.update(part, 0, part.length);
        }
        byte[] result = new byte[Hash32.SIZE];
        keccak.doFinal(result, 0);
        return result;
    }
}
