package io.carabiner.txm;

import io.carabiner.primitives.FaultException;

/** A fault of the transaction manager. */
public final class TxmException extends FaultException {

    private static final long serialVersionUID = 1L;

    TxmException(String code, String message) {
        super(code, message);
    }

    TxmException(String code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
