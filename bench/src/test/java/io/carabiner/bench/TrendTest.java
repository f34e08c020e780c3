package io.carabiner.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {

    @Test
    void aLeakUnderASawtooth_isSeen() {
        Trend trend = trend(minute -> 200 + 0.5 * minute + 8 * (minute % 4));
        assertThat(trend.growth()).isCloseTo(0.5 * 59, within(2.0));
        assertThat(trend.isFlat(0.05, 10)).isFalse();
    }

    @Test
    void aSawtoothWithOnePeak_isFlat() {
        Trend trend = trend(minute -> 200 + 8 * (minute % 4) + (minute == 30 ? 90 : 0));
        assertThat(trend.isFlat(0.05, 10)).isTrue();
    }

    @Test
    void aHandleLostEachTenMinutes_isSeen() {
        assertThat(trend(minute -> 60 + Math.floor(minute / 10)).isFlat(0.05, 4))
                .isFalse();
    }

    private static Trend trend(DoubleUnaryOperator value) {
        return Trend.of(IntStream.range(0, 60)
                .mapToObj(minute -> new Trend.Point(minute * 60.0, value.applyAsDouble(minute)))
                .toList());
    }
}
