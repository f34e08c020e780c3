package io.carabiner.outbound;

import java.io.Serial;

/** A request that brought no answer. Its text is the Go node's; there is no stack trace. */
public final class OutboundFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    public enum Kind {
        /** The deadline passed, or the thread was told to stop. */
        TIMED_OUT,
        /** The answer was longer than allowed. */
        TOO_LARGE,
        /** The policy forbids the address. */
        REFUSED,
        /** Anything else: no connection, an answer against the rules, a request that cannot be made. */
        FAILED
    }

    private final Kind kind;

    OutboundFailure(String text) {
        this(Kind.FAILED, text);
    }

    OutboundFailure(Kind kind, String text) {
        super(text, null, false, false);
        this.kind = kind;
    }

    /** What kind of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** What went wrong, as a run shows it. */
    public String text() {
        String text = getMessage();
        return text == null ? "" : text;
    }
}
