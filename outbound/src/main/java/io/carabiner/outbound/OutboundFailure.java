package io.carabiner.outbound;

import java.io.Serial;

/** A request that brought no answer. Its text is the Go node's; there is no stack trace. */
public final class OutboundFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    OutboundFailure(String text) {
        super(text, null, false, false);
    }

    /** What went wrong, as a run shows it. */
    public String text() {
        String text = getMessage();
        return text == null ? "" : text;
    }
}
