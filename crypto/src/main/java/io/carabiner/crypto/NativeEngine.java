package io.carabiner.crypto;

import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The curve in libsecp256k1, about twenty times faster. It is used only after it gave the same bytes as the built-in
 * code for a signature and its recovery.
 */
final class NativeEngine implements Secp256k1Engine {

    private static final int OPAQUE_SIGNATURE_BYTES = 65;
    private static final int OPAQUE_KEY_BYTES = 64;
    private static final int COMPACT_BYTES = 64;
    private static final int WORD = 32;
    /** SECP256K1_EC_UNCOMPRESSED. */
    private static final int UNCOMPRESSED = 2;

    private static final int UNCOMPRESSED_BYTES = 65;

    private final NativeLibrary library;

    private NativeEngine(NativeLibrary library) {
        this.library = library;
    }

    /** An engine over the first usable library of these names, if there is one and it can be trusted. */
    static Optional<NativeEngine> find(List<String> names, Secp256k1Engine reference) {
        return NativeLibrary.find(names).map(NativeEngine::new).filter(engine -> engine.agreesWith(reference));
    }

    private boolean agreesWith(Secp256k1Engine reference) {
        PrivateKey key = PrivateKey.of(new byte[] {1});
        Hash32 digest = Keccak256.hashText("a sample");
        Signature signature = sign(key, digest);
        return signature.equals(reference.sign(key, digest))
                && recover(digest, signature).equals(reference.recover(digest, signature));
    }

    @Override
    public Signature sign(PrivateKey key, Hash32 digest) {
        byte[] secret = key.toArray();
        try {
            MemorySegment opaque = room(OPAQUE_SIGNATURE_BYTES);
            if (!library.sign(opaque, segment(digest), MemorySegment.ofArray(secret))) {
                throw new IllegalStateException("libsecp256k1 refused to sign");
            }
            byte[] compact = new byte[COMPACT_BYTES];
            int[] recoveryId = new int[1];
            library.serialize(MemorySegment.ofArray(compact), MemorySegment.ofArray(recoveryId), opaque);
            return new Signature(
                    recoveryId[0], new BigInteger(1, compact, 0, WORD), new BigInteger(1, compact, WORD, WORD));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public Optional<PublicKey> recover(Hash32 digest, Signature signature) {
        byte[] compact = new byte[COMPACT_BYTES];
        Curve.writeWord(signature.r(), compact, 0);
        Curve.writeWord(signature.s(), compact, WORD);
        MemorySegment opaque = room(OPAQUE_SIGNATURE_BYTES);
        MemorySegment key = room(OPAQUE_KEY_BYTES);
        return library.parse(opaque, MemorySegment.ofArray(compact), signature.recoveryId())
                        && library.recover(key, opaque, segment(digest))
                ? Optional.of(toPublicKey(key))
                : Optional.empty();
    }

    private PublicKey toPublicKey(MemorySegment key) {
        byte[] bytes = new byte[UNCOMPRESSED_BYTES];
        long[] size = {UNCOMPRESSED_BYTES};
        library.serializeKey(MemorySegment.ofArray(bytes), MemorySegment.ofArray(size), key, UNCOMPRESSED);
        return new PublicKey(Bytes.of(bytes).slice(1, UNCOMPRESSED_BYTES));
    }

    private static MemorySegment room(int bytes) {
        return MemorySegment.ofArray(new byte[bytes]);
    }

    private static MemorySegment segment(Hash32 digest) {
        return MemorySegment.ofArray(digest.toArray());
    }
}
