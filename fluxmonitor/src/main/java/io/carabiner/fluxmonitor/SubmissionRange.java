package io.carabiner.fluxmonitor;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What a contract accepts: {@code minSubmissionValue} to {@code maxSubmissionValue}, both included. Go counterpart:
 * core/services/fluxmonitorv2/submission_checker.go (2.15).
 */
record SubmissionRange(BigInteger min, BigInteger max) {

    /** The answer is compared with its decimals, before they are cut off. */
    boolean contains(BigDecimal answer) {
        return answer.compareTo(new BigDecimal(min)) >= 0 && answer.compareTo(new BigDecimal(max)) <= 0;
    }
}
