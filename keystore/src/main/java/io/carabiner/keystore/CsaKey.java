package io.carabiner.keystore;

/**
 * The key with which the node says who it is to a feeds manager: what may be shown of it.
 *
 * @param id the Ed25519 public key, 64 hex digits
 */
public record CsaKey(String id) {

    /** The public key as it is shown. */
    public String publicKey() {
        return "csa_" + id;
    }
}
