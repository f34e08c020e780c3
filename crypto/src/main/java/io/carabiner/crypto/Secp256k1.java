package io.carabiner.crypto;

import io.carabiner.primitives.Hash32;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Signatures over secp256k1 as Ethereum uses them: the one entry for all that sign or recover.
 *
 * <p>Signatures are deterministic (RFC 6979 with HMAC-SHA-256), so the same key and digest give the same bytes with
 * every implementation, and s is always in the lower half (EIP-2).
 *
 * <p>Safe for use by many threads at once. Which implementation works is decided once, with the first signature or
 * recovery: the machine's libsecp256k1 where it is found and agrees with the built-in code, else the built-in code.
 * Starting a node therefore loads no native library.
 */
public final class Secp256k1 {

    /** What works: shown to the operator. */
    public enum Implementation {
        /** Nothing was signed or recovered yet. */
        UNDECIDED("undecided"),
        /** The machine's library. */
        LIBSECP256K1("libsecp256k1"),
        /** The built-in code. */
        BOUNCY_CASTLE("bouncycastle");

        private final String text;

        Implementation(String text) {
            this.text = text;
        }

        /** The name for messages and metrics. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** How to decide, until it was decided. */
    private record Wish(boolean nativeAllowed, Consumer<Implementation> told) {}

    private static final BouncyCastleEngine BUILT_IN = new BouncyCastleEngine();
    /** Empty once it was decided. */
    private static final AtomicReference<Optional<Wish>> WISH =
            new AtomicReference<>(Optional.of(new Wish(true, chosen -> {})));

    private Secp256k1() {}

    /** Loaded with the first signature. */
    private static final class Chosen {

        private static final Secp256k1Engine ENGINE = choose();

        private static Secp256k1Engine choose() {
            Wish wish = WISH.getAndSet(Optional.empty()).orElseThrow();
            List<String> names = wish.nativeAllowed() ? NativeLibrary.NAMES : List.of();
            Optional<NativeEngine> found = NativeEngine.find(names, BUILT_IN);
            wish.told().accept(found.isPresent() ? Implementation.LIBSECP256K1 : Implementation.BOUNCY_CASTLE);
            return found.isPresent() ? found.get() : BUILT_IN;
        }
    }

    /**
     * Says how to decide, before anything was signed.
     *
     * @param nativeAllowed whether the machine's library may be used
     * @param told once what was decided, on the thread that signs first; it must not fail
     * @return whether it was in time; false if it was decided before
     */
    public static boolean configure(boolean nativeAllowed, Consumer<Implementation> told) {
        Optional<Wish> before = WISH.get();
        return before.isPresent() && WISH.compareAndSet(before, Optional.of(new Wish(nativeAllowed, told)));
    }

    /** What works; {@link Implementation#UNDECIDED} before the first signature. */
    public static Implementation implementation() {
        if (WISH.get().isPresent()) {
            return Implementation.UNDECIDED;
        }
        return Chosen.ENGINE instanceof NativeEngine ? Implementation.LIBSECP256K1 : Implementation.BOUNCY_CASTLE;
    }

    /** The public key that belongs to a private key; always by the built-in code, for it is asked once a key. */
    public static PublicKey publicKey(PrivateKey key) {
        return BUILT_IN.publicKey(key);
    }

    /** Signs a digest of 32 bytes. */
    public static Signature sign(PrivateKey key, Hash32 digest) {
        return Chosen.ENGINE.sign(key, digest);
    }

    /** The public key that made a signature, or nothing if no point fits it. */
    public static Optional<PublicKey> recover(Hash32 digest, Signature signature) {
        return Chosen.ENGINE.recover(digest, signature);
    }

    /** Whether a signature over a digest was made with the private key of this public key. */
    public static boolean verify(PublicKey key, Hash32 digest, Signature signature) {
        return recover(digest, signature).filter(key::equals).isPresent();
    }
}
