package io.carabiner.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Messages that repeat are merged. */
class RepeatsTest {

    private long nanos;

    private final TimeSource time = new TimeSource() {
        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos);
        }

        @Override
        public long monotonicNanos() {
            return nanos;
        }

        @Override
        public void sleep(Duration duration) {
            nanos += duration.toNanos();
        }
    };

    @Test
    void aRepeatedMessage_isToldOnceInAWhile_withHowOftenItWasKept() {
        Repeats repeats = new Repeats(time, Duration.ofMinutes(10));
        assertThat(repeats.tell("key A")).hasValue(0);
        for (int i = 0; i < 40; i++) {
            nanos += Duration.ofSeconds(10).toNanos();
            assertThat(repeats.tell("key A")).isEmpty();
        }
        assertThat(repeats.tell("key B")).hasValue(0);
        nanos += Duration.ofMinutes(10).toNanos();
        assertThat(repeats.tell("key A")).hasValue(40);
        assertThat(repeats.tell("key A")).isEmpty();
    }
}
