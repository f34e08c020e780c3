package io.carabiner.evm;

import io.carabiner.primitives.Wei;

/** Whether an offer can be raised. Immutable. */
public sealed interface FeeBump {

    /**
     * A higher offer that endpoints take as a replacement.
     *
     * @param quote of the same kind as before
     */
    record Raised(FeeQuote quote) implements FeeBump {}

    /**
     * The next step would pass the ceiling: send the same again.
     *
     * @param unchanged the offer as it was
     * @param wanted what it would have had to be
     * @param ceiling the limit that stops it
     */
    record AtLimit(FeeQuote unchanged, FeeQuote wanted, Wei ceiling) implements FeeBump {}
}
