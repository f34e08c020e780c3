package io.carabiner.fluxmonitor;

import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.FaultException;

/** A contract's answer is not that of a FluxAggregator or of its flags. */
final class FeedException extends FaultException {

    private static final long serialVersionUID = 1L;

    /** The Go node's words. */
    private static final String NO_CODE = "no contract code at given address";

    private FeedException(String code, String message) {
        super(code, message);
    }

    static FeedException noCode() {
        return new FeedException("FEED_NO_CODE", NO_CODE);
    }

    static FeedException noKey(ChainId chain) {
        return new FeedException(
                "FEED_NO_KEY", "No keys found: chain " + chain + " has no enabled key; create or enable one");
    }

    static FeedException answer(String method, String what) {
        return new FeedException(
                "FEED_ANSWER", "the contract's answer to " + method + " " + what + ": check the contract's address");
    }
}
