package io.carabiner.fluxmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviationTest {

    @ParameterizedTest(name = "{0} % and {1}: from {2} to {3} is told: {4}")
    @CsvSource({
        // both thresholds zero: every answer is told
        "0, 0, 100, 100, true",
        "0, 0, 0, 0, true",
        // relative alone: reached is enough
        "2, 0, 100, 102, true",
        "2, 0, 100, 98, true",
        "2, 0, 100, 101.999, false",
        "2, 0, -100, -102, true",
        "2, 0, 100, -100, true",
        // relative zero with an absolute one: any difference above it
        "0, 1, 100, 101, false",
        "0, 1, 100, 101.0000001, true",
        "0, 1, 100, 98.9, true",
        // absolute must be exceeded, not reached
        "1, 2, 100, 102, false",
        "1, 2, 100, 102.5, true",
        "10, 2, 100, 105, false",
        // nothing was ever told, or zero was
        "1, 0, 0, 0, false",
        "1, 0, 0, 1, true",
        "1, 5, 0, 5, false",
        "1, 5, 0, -6, true",
        "1, 0, 1, 0, true",
        "100, 0, 1, 0, true",
        "100.1, 0, 1, 0, false",
        // no difference is never told, whatever the relative threshold
        "-1, 0, 100, 100, false",
        "-1, 0, 100, 100.1, true",
        "1, -1, 0, 0, false",
        // 0.1 in single precision is a little more than a tenth
        "0.1, 0, 1000, 1001, false",
        "0.1, 0, 1000, 1001.0001, true",
        "0.5, 0, 1000, 1005, true",
        // a third, at sixteen places, beside two neighbours in single precision
        "33.333336, 0, 3, 4, false",
        "33.333332, 0, 3, 4, true"
    })
    void difference_isToldAsTheGoNodeDoes(
            float threshold, float absolute, BigInteger last, BigDecimal next, boolean told) {
        assertThat(Deviation.of(threshold, absolute).isExceeded(last, next)).isEqualTo(told);
    }
}
