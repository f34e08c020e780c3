package io.carabiner.fluxmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentRulesTest {

    @ParameterizedTest(name = "eligible {0}, funds {1}, {2} oracles, payment {3}, minima {4} and {5}: {6}")
    @CsvSource({
        "true, 300, 10, 10, 1, , ",
        "false, 300, 10, 10, 1, , NOT_ELIGIBLE",
        // three rounds of all oracles must be paid for
        "true, 299, 10, 10, 1, , UNDERFUNDED",
        "true, 30, 1, 10, 1, , ",
        "true, 0, 10, 0, 0, , ",
        // the chain's minimum and the job's both count
        "true, 300, 10, 10, 10, , ",
        "true, 300, 10, 10, 11, , PAYMENT_TOO_LOW",
        "true, 300, 10, 10, 1, 10, ",
        "true, 300, 10, 10, 1, 11, PAYMENT_TOO_LOW",
        "true, 300, 10, 10, 11, 1, PAYMENT_TOO_LOW",
        "true, 300, 10, 10, 10, 0, ",
        // what is first in the Go node is first here
        "false, 0, 10, 10, 11, , NOT_ELIGIBLE",
        "true, 0, 10, 10, 11, , UNDERFUNDED"
    })
    void round_isAnsweredOnlyIfItPays(
            boolean eligible, long funds, int oracles, long payment, long chain, Long job, Obstacle obstacle) {
        PaymentRules rules = new PaymentRules(
                BigInteger.valueOf(chain), Optional.ofNullable(job).map(BigInteger::valueOf));
        RoundState round = new RoundState(
                eligible, 2, BigInteger.ZERO, 0, 0, BigInteger.valueOf(funds), oracles, BigInteger.valueOf(payment));
        assertThat(rules.obstacle(round)).isEqualTo(Optional.ofNullable(obstacle));
    }

    @Test
    void range_includesBothEnds_andComparesDecimals() {
        SubmissionRange range = new SubmissionRange(BigInteger.valueOf(-5), BigInteger.TEN);
        assertThat(range.contains(new BigDecimal("-5"))).isTrue();
        assertThat(range.contains(new BigDecimal("10"))).isTrue();
        assertThat(range.contains(new BigDecimal("10.0001"))).isFalse();
        assertThat(range.contains(new BigDecimal("-5.5"))).isFalse();
    }
}
