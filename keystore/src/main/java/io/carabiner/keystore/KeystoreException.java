package io.carabiner.keystore;

import io.carabiner.primitives.FaultException;

/**
 * A fault of the keystore. The message never holds a password or a key; where the Go node has words for the same fault,
 * the message begins with them or is them.
 */
public final class KeystoreException extends FaultException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** The kinds of fault. */
    public enum Reason {
        /** The password file is missing, a directory, not allowed to be read, or too large. */
        PASSWORD_FILE_UNREADABLE,
        /** The password file holds no password. */
        PASSWORD_FILE_EMPTY,
        /** The password in the file begins or ends with white space. */
        PASSWORD_FILE_WHITESPACE,
        /** The password for a new key ring is too simple. */
        PASSWORD_TOO_SIMPLE,
        /** The password does not open the stored key ring. */
        PASSWORD_WRONG,
        /** The stored key ring cannot be read. */
        KEY_RING_BROKEN,
        /** Somebody else changed the stored key ring while this node held it. */
        KEY_RING_CHANGED,
        /** There is no key with this address or id. */
        KEY_NOT_FOUND,
        /** The key is a remote signer's; this node cannot sign with it, export or delete it. */
        KEY_IS_REMOTE,
        /** A key with this address or id is in the ring already. */
        KEY_EXISTS,
        /** There may be no more keys of this kind. */
        KEY_LIMIT,
        /** A key file cannot be read or decrypted. */
        KEY_FILE_REFUSED
    }

    KeystoreException(Reason reason, String message) {
        super(reason.name(), message);
        this.reason = reason;
    }

    /** The kind of fault. */
    public Reason reason() {
        return reason;
    }

    static KeystoreException keyNotFound() {
        return new KeystoreException(Reason.KEY_NOT_FOUND, "Key not found");
    }

    static KeystoreException keyIsRemote() {
        return new KeystoreException(
                Reason.KEY_IS_REMOTE,
                "The key is held by a remote signer: disable it, or take it out of Carabiner.EVM.RemoteSigner.Keys");
    }

    static KeystoreException keyExists() {
        return new KeystoreException(Reason.KEY_EXISTS, "Key already exists");
    }
}
