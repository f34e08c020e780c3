package io.carabiner.migrate;

import io.carabiner.primitives.FaultException;

/** The file is not one of version 1 jobs at all. */
public final class ConversionException extends FaultException {

    private static final long serialVersionUID = 1L;

    ConversionException(String message) {
        super("V1_JOBS_UNREADABLE", message);
    }
}
