package io.carabiner.fluxmonitor;

import java.math.BigInteger;

/**
 * What a FluxAggregator says about a round and one oracle: the answer of {@code oracleRoundState}.
 *
 * @param eligible whether the contract would take a submission of the oracle for the round now
 * @param roundId the round asked for, or the one the contract suggests; at most 2^32−1
 * @param latestSubmission the oracle's own last answer, 0 if it has given none
 * @param startedAt seconds since 1970, 0 if the round has not begun
 * @param timeout seconds until others may supersede the round, 0 for never
 * @param availableFunds what the contract can still pay, in juels
 * @param paymentAmount what one submission earns, in juels
 */
record RoundState(
        boolean eligible,
        long roundId,
        BigInteger latestSubmission,
        long startedAt,
        long timeout,
        BigInteger availableFunds,
        int oracleCount,
        BigInteger paymentAmount) {

    /** Whether somebody has begun the round. */
    boolean hasBegun() {
        return startedAt > 0;
    }
}
