package io.carabiner.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The functions of libsecp256k1 that are used, found in a shared library, with a context of their own.
 *
 * <p>Arguments may be parts of the heap: nothing is copied, and nothing is left behind outside of it. The context is
 * made once and only read afterwards, so all threads may use it.
 */
@SuppressWarnings("restricted") // the shapes below are those of secp256k1.h and secp256k1_recovery.h
final class NativeLibrary {

    /** Names under which the library is known, the newest first: Linux with each version of its interface, macOS. */
    static final List<String> NAMES = List.of(
            "libsecp256k1.so.6",
            "libsecp256k1.so.5",
            "libsecp256k1.so.2",
            "libsecp256k1.so.1",
            "libsecp256k1.so",
            "libsecp256k1.dylib",
            "/opt/homebrew/lib/libsecp256k1.dylib");

    /** SECP256K1_CONTEXT_SIGN | SECP256K1_CONTEXT_VERIFY: older libraries ask for it, newer ones ignore it. */
    private static final int CONTEXT_FLAGS = 0x301;

    private static final int SEED_BYTES = 32;
    /** {@code size_t} has the width of a pointer. */
    private static final MemoryLayout POINTER = ADDRESS;

    private static final Linker.Option ON_HEAP = Linker.Option.critical(true);

    private final MemorySegment context;
    private final MethodHandle sign;
    private final MethodHandle serialize;
    private final MethodHandle parse;
    private final MethodHandle recover;
    private final MethodHandle serializeKey;

    private NativeLibrary(SymbolLookup symbols) {
        this.context = newContext(symbols);
        this.sign = function(symbols, "secp256k1_ecdsa_sign_recoverable", 6);
        this.serialize = function(symbols, "secp256k1_ecdsa_recoverable_signature_serialize_compact", 4);
        this.parse = bound(
                symbols,
                "secp256k1_ecdsa_recoverable_signature_parse_compact",
                FunctionDescriptor.of(JAVA_INT, POINTER, POINTER, POINTER, JAVA_INT));
        this.recover = function(symbols, "secp256k1_ecdsa_recover", 4);
        this.serializeKey = bound(
                symbols,
                "secp256k1_ec_pubkey_serialize",
                FunctionDescriptor.of(JAVA_INT, POINTER, POINTER, POINTER, POINTER, JAVA_INT));
    }

    /** The first of these libraries that is there and has all functions; it stays loaded for ever. */
    static Optional<NativeLibrary> find(List<String> names) {
        return names.stream().flatMap(name -> load(name).stream()).findFirst();
    }

    private static Optional<NativeLibrary> load(String name) {
        try {
            return Optional.of(new NativeLibrary(SymbolLookup.libraryLookup(name, Arena.global())));
        } catch (IllegalArgumentException | UnsatisfiedLinkError | IllegalCallerException e) {
            return Optional.empty(); // not there, built without recovery, or native access is forbidden
        }
    }

    private static MethodHandle function(SymbolLookup symbols, String name, int pointers) {
        MemoryLayout[] arguments = new MemoryLayout[pointers];
        Arrays.fill(arguments, POINTER);
        return bound(symbols, name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private static MethodHandle bound(SymbolLookup symbols, String name, FunctionDescriptor shape) {
        return Linker.nativeLinker().downcallHandle(symbol(symbols, name), shape, ON_HEAP);
    }

    private static MemorySegment symbol(SymbolLookup symbols, String name) {
        return symbols.find(name).orElseThrow(() -> new UnsatisfiedLinkError(name));
    }

    /** Blinded with a random seed, as the library's documentation asks of those who sign. */
    private static MemorySegment newContext(SymbolLookup symbols) {
        byte[] seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        try {
            MethodHandle create = Linker.nativeLinker()
                    .downcallHandle(
                            symbol(symbols, "secp256k1_context_create"), FunctionDescriptor.of(POINTER, JAVA_INT));
            MemorySegment made = (MemorySegment) create.invokeExact(CONTEXT_FLAGS);
            MethodHandle randomize = function(symbols, "secp256k1_context_randomize", 2);
            int done = (int) randomize.invokeExact(made, MemorySegment.ofArray(seed));
            if (done != 1) {
                throw new UnsatisfiedLinkError("secp256k1_context_randomize");
            }
            return made;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A recoverable signature in the library's own form; false if the key is out of range. */
    boolean sign(MemorySegment signature, MemorySegment digest, MemorySegment secret) {
        try {
            return (int) sign.invokeExact(context, signature, digest, secret, MemorySegment.NULL, MemorySegment.NULL)
                    == 1;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** r and s as 64 bytes, the recovery id as an int of the machine. */
    void serialize(MemorySegment compact, MemorySegment recoveryId, MemorySegment signature) {
        try {
            require((int) serialize.invokeExact(context, compact, recoveryId, signature));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The library's own form of a signature; false if r or s is out of range. */
    boolean parse(MemorySegment signature, MemorySegment compact, int recoveryId) {
        try {
            return (int) parse.invokeExact(context, signature, compact, recoveryId) == 1;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The signer's key in the library's own form; false if no point fits. */
    boolean recover(MemorySegment key, MemorySegment signature, MemorySegment digest) {
        try {
            return (int) recover.invokeExact(context, key, signature, digest) == 1;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A key as bytes; {@code size} holds their number as {@code size_t}. */
    void serializeKey(MemorySegment bytes, MemorySegment size, MemorySegment key, int flags) {
        try {
            require((int) serializeKey.invokeExact(context, bytes, size, key, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static void require(int result) {
        if (result != 1) {
            throw new IllegalStateException("libsecp256k1 could not write its own result");
        }
    }

    private static RuntimeException unexpected(Throwable cause) {
        return cause instanceof RuntimeException known
                ? known
                : new IllegalStateException("libsecp256k1 could not be called", cause);
    }
}
