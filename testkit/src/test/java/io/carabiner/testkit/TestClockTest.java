package io.carabiner.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TestClockTest {

    private final TestClock clock = new TestClock();

    @Test
    void advance_wakesWhoHasSleptLongEnough() throws InterruptedException {
        Thread brief = sleeper(Duration.ofSeconds(1));
        Thread longer = sleeper(Duration.ofSeconds(3));
        clock.awaitSleepers(2);
        clock.advance(Duration.ofSeconds(2));
        brief.join();
        clock.awaitSleepers(1);
        assertThat(longer.isAlive()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        longer.join();
    }

    @Test
    void stepWall_leavesTheMonotonicClock() {
        clock.advance(Duration.ofSeconds(5));
        clock.stepWall(Duration.ofHours(-1));
        assertThat(clock.now()).isEqualTo(Instant.parse("2025-12-31T23:00:05Z"));
        assertThat(clock.monotonicNanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
    }

    private Thread sleeper(Duration duration) {
        return Thread.startVirtualThread(() -> {
            try {
                clock.sleep(duration);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
