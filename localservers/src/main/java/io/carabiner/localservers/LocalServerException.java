package io.carabiner.localservers;

import io.carabiner.primitives.FaultException;

/** A local server could not be found, started or stopped; the message says what to do about it. */
public final class LocalServerException extends FaultException {

    private static final long serialVersionUID = 1L;

    LocalServerException(String code, String message) {
        super(code, message);
    }

    LocalServerException(String code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
