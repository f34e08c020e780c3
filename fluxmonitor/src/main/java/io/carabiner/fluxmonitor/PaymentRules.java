package io.carabiner.fluxmonitor;

import java.math.BigInteger;
import java.util.Optional;

/**
 * What a submission must earn. Go counterpart: core/services/fluxmonitorv2/payment_checker.go (2.15).
 *
 * @param chainMinimum {@code EVM.MinContractPayment}, in juels
 * @param jobMinimum the spec's {@code minPayment}, in juels
 */
record PaymentRules(BigInteger chainMinimum, Optional<BigInteger> jobMinimum) {

    /** The contract must be able to pay all its oracles for this many rounds. */
    static final int FUNDED_ROUNDS_MIN = 3;

    /** What stands against a submission to this round, if anything. */
    Optional<Obstacle> obstacle(RoundState round) {
        if (!round.eligible()) {
            return Optional.of(Obstacle.NOT_ELIGIBLE);
        }
        BigInteger needed =
                round.paymentAmount().multiply(BigInteger.valueOf((long) round.oracleCount() * FUNDED_ROUNDS_MIN));
        if (round.availableFunds().compareTo(needed) < 0) {
            return Optional.of(Obstacle.UNDERFUNDED);
        }
        return isEnough(round.paymentAmount()) ? Optional.empty() : Optional.of(Obstacle.PAYMENT_TOO_LOW);
    }

    private boolean isEnough(BigInteger payment) {
        return payment.compareTo(chainMinimum) >= 0
                && jobMinimum.map(minimum -> payment.compareTo(minimum) >= 0).orElse(true);
    }
}
