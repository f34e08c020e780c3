package io.carabiner.txm;

import io.carabiner.primitives.FaultException;

/** A remote signer did not sign what it was asked to. Nothing was stored nor sent; it is asked again. */
final class SignerException extends FaultException {

    private static final long serialVersionUID = 1L;

    /** The kinds of fault. */
    enum Reason {
        /** No usable answer: down, too slow, no JSON-RPC. */
        SIGNER_SILENT,
        /** It answered that it will not. */
        SIGNER_REFUSED,
        /** What it gave back is no signed transaction. */
        SIGNER_GARBAGE,
        /** It signed something else, or with another key. */
        SIGNER_WRONG,
        /** Its TLS files cannot be used. */
        SIGNER_TLS
    }

    SignerException(Reason reason, String message) {
        super(reason.name(), message);
    }

    SignerException(Reason reason, String message, Throwable cause) {
        super(reason.name(), message, cause);
    }

    /** The message, which is never missing. */
    String words() {
        return String.valueOf(getMessage());
    }
}
