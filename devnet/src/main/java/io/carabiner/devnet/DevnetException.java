package io.carabiner.devnet;

import io.carabiner.primitives.FaultException;

/** The development network cannot go on; the message says what to do about it. */
public final class DevnetException extends FaultException {

    private static final long serialVersionUID = 1L;

    DevnetException(String code, String message) {
        super(code, message);
    }

    DevnetException(String code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
