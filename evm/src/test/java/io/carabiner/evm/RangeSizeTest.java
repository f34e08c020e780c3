package io.carabiner.evm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeSizeTest {

    /** What an endpoint with this limit makes of so many requests; how many were refused. */
    private static int refusals(RangeSize size, int limit, int requests) {
        int refused = 0;
        for (int i = 0; i < requests; i++) {
            int asked = size.current();
            if (asked > limit) {
                size.refused(asked, "too many results");
                refused++;
            } else {
                size.answered(asked);
            }
        }
        return refused;
    }

    @ParameterizedTest
    @CsvSource({"1000,1000", "1000,999", "1000,500", "1000,300", "1000,7", "1000,1", "10000,2000"})
    void limitIsFound_withFewRefusals(int configured, int limit) {
        RangeSize size = new RangeSize(configured);
        int refused = refusals(size, limit, 150);
        assertThat(refused).isLessThanOrEqualTo(20);
        assertThat(size.current()).isBetween(Math.max(1, limit * 3 / 4), limit);
        assertThat(refusals(size, limit, 40))
                .as("refusals once the limit is known")
                .isZero();
    }

    @Test
    void widerRange_isTriedAgainAfterAWhile() {
        RangeSize size = new RangeSize(1_000);
        int early = refusals(size, 100, 50);
        assertThat(early).isPositive();
        int late = refusals(size, 1_000, RangeSize.ANSWERS_BEFORE_RETRY * 2);
        assertThat(late).isZero();
        assertThat(size.current()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eth_getLogs is limited to a 2000 range|2000",
                "block range is too wide (maximum 10,000)|10000",
                "You can make eth_getLogs requests with up to a 500 block range.|500",
                "block range limit exceeded|-1",
                "query returned more than 10000 results|-1",
                "exceed maximum block range: 5000|5000"
            })
    void limitThatAnEndpointNames_isTaken(String words, long limit) {
        assertThat(RangeSize.namedLimit(words).orElse(-1)).isEqualTo(limit);
    }

    @Test
    void namedLimit_isUsedAtOnce() {
        RangeSize size = new RangeSize(10_000);
        size.refused(10_000, "eth_getLogs is limited to a 2000 range");
        assertThat(size.current()).isEqualTo(2_000);
    }
}
