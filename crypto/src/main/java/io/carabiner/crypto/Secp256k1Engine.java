package io.carabiner.crypto;

import io.carabiner.primitives.Hash32;
import java.util.Optional;

/** What an implementation of the curve must be able to do; all give the same bytes for the same input. */
interface Secp256k1Engine {

    /** A deterministic (RFC 6979), low-s signature with its recovery id. */
    Signature sign(PrivateKey key, Hash32 digest);

    /** The public key that made a signature, or nothing if no point fits it. */
    Optional<PublicKey> recover(Hash32 digest, Signature signature);
}
