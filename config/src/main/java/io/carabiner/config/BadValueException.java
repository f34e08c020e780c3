package io.carabiner.config;

/** A value cannot be read as what its key takes; the message says why. */
final class BadValueException extends Exception {

    private static final long serialVersionUID = 1L;

    BadValueException(String message) {
        super(message, null, false, false);
    }
}
