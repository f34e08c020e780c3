package io.carabiner.evm;

import io.carabiner.primitives.FaultException;

/** A fault of this room that is not an endpoint's: see its code. */
public final class EvmException extends FaultException {

    private static final long serialVersionUID = 1L;

    EvmException(String code, String message) {
        super(code, message);
    }
}
