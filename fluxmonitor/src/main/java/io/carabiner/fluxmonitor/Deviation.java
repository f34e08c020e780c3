package io.carabiner.fluxmonitor;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * When an answer is far enough from this oracle's last one to be worth a round. Go counterpart:
 * core/services/fluxmonitorv2/deviation_checker.go (2.15).
 *
 * @param relativePercent the least difference in percent of the last answer; reached is enough
 * @param absolute the difference that must be exceeded
 */
record Deviation(BigDecimal relativePercent, BigDecimal absolute) {

    /** The Go node divides decimals to this many places, half away from zero. */
    private static final int DIVISION_DIGITS = 16;

    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

    /** The thresholds of a spec: single precision there, double precision where they are compared. */
    static Deviation of(float threshold, float absoluteThreshold) {
        return new Deviation(shortest(threshold), shortest(absoluteThreshold));
    }

    private static BigDecimal shortest(double number) {
        return new BigDecimal(Double.toString(number));
    }

    /** Whether the difference asks for a new answer. With both thresholds at zero every answer is new. */
    boolean isExceeded(BigInteger last, BigDecimal next) {
        if (relativePercent.signum() == 0 && absolute.signum() == 0) {
            return true;
        }
        BigDecimal current = new BigDecimal(last);
        BigDecimal difference = current.subtract(next).abs();
        if (difference.compareTo(absolute) <= 0) {
            return false;
        }
        if (current.signum() == 0) {
            return next.signum() != 0;
        }
        BigDecimal percentage = difference
                .divide(current.abs(), DIVISION_DIGITS, RoundingMode.HALF_UP)
                .multiply(PERCENT);
        return percentage.compareTo(relativePercent) >= 0;
    }
}
