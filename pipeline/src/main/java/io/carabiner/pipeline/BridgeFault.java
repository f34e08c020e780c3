package io.carabiner.pipeline;

import java.io.Serial;

/** Why a bridge gave no good answer; becomes the failure of its task. No stack trace. */
final class BridgeFault extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final BridgeHealth.ErrorClass errorClass;

    BridgeFault(BridgeHealth.ErrorClass errorClass, String text) {
        super(text, null, false, false);
        this.errorClass = errorClass;
    }

    BridgeHealth.ErrorClass errorClass() {
        return errorClass;
    }

    String text() {
        String text = getMessage();
        return text == null ? "" : text;
    }
}
