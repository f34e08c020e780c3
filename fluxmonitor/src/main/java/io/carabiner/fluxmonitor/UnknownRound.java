package io.carabiner.fluxmonitor;

import java.math.BigInteger;

/** What is assumed of a feed that cannot be read or has no answer yet: that a round begins now. */
final class UnknownRound {

    private UnknownRound() {}

    static RoundState at(Moment now) {
        return new RoundState(
                false, 0, BigInteger.ZERO, now.wall().getEpochSecond(), 0, BigInteger.ZERO, 0, BigInteger.ZERO);
    }
}
