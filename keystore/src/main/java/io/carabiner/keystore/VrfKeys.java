package io.carabiner.keystore;

import io.carabiner.crypto.PrivateKey;
import io.carabiner.keystore.KeystoreException.Reason;
import java.util.function.Function;

/**
 * The keys that prove randomness. Safe for use by many threads at once.
 *
 * <p>Counterpart in the Go node: core/services/keystore/vrf.go.
 */
public final class VrfKeys {

    private final StoredKeys<VrfKey> stored;

    VrfKeys(Keystore keystore) {
        this.stored = new StoredKeys<>(keystore, new VrfKind());
    }

    /** The keys as they are made, shown, imported, exported and deleted. */
    public StoredKeys<VrfKey> stored() {
        return stored;
    }

    /**
     * Lets a function of the cryptography make a proof with a key, which is wiped before this returns. Answers from
     * memory, without the database.
     *
     * @param compressed the public key, 66 hex digits behind {@code 0x}, as a job names it
     * @param prover makes the proof; it must not keep the key, which prints as a mask
     * @throws KeystoreException {@code KEY_NOT_FOUND}
     */
    public <P> P prove(String compressed, Function<PrivateKey, P> prover) {
        PrivateKey key = stored.held(compressed)
                .map(held -> PrivateKey.of(held.raw()))
                .orElseThrow(() ->
                        new KeystoreException(Reason.KEY_NOT_FOUND, "unable to find VRF key with id " + compressed));
        try {
            return prover.apply(key);
        } finally {
            key.destroy();
        }
    }

    /** The public parts, and nothing else. */
    @Override
    public String toString() {
        return stored.toString();
    }
}
