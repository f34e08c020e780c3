package io.carabiner.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.outbound.Deadline;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class BridgeWatchTest {

    /** Time that a test moves. */
    private static final class MovedClock implements TimeSource {
        private final AtomicLong nanos = new AtomicLong(1);

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos.get());
        }

        @Override
        public long monotonicNanos() {
            return nanos.get();
        }

        @Override
        public void sleep(Duration duration) {
            pass(duration);
        }

        private void pass(Duration duration) {
            nanos.addAndGet(duration.toNanos());
        }
    }

    private static final BridgeLimits THREE = new BridgeLimits(Duration.ZERO, 0, 3, Duration.ofSeconds(30));

    private final MovedClock clock = new MovedClock();

    private BridgeWatch watch(BridgeLimits limits) {
        return new BridgeWatch(limits, clock, new Metrics());
    }

    private String ask(BridgeWatch watch, String outcome) throws InterruptedException {
        return watch.of("Prices").ask(Deadline.none(clock), () -> {
            clock.pass(Duration.ofMillis(10));
            if (outcome.isEmpty()) {
                throw new BridgeFault(BridgeHealth.ErrorClass.ADAPTER, "adapter says no");
            }
            return outcome;
        });
    }

    private void fail(BridgeWatch watch, String wanted) {
        assertThatThrownBy(() -> ask(watch, "")).hasMessageContaining(wanted);
    }

    @Test
    void failuresInARow_openTheCircuit_andOneRequestClosesItAgain() throws Exception {
        BridgeWatch watch = watch(THREE);
        fail(watch, "adapter says no");
        fail(watch, "adapter says no");
        assertThat(ask(watch, "fine")).isEqualTo("fine");
        for (int i = 0; i < 3; i++) {
            fail(watch, "adapter says no");
        }
        assertThat(watch.health("prices").orElseThrow().circuit()).isEqualTo(BridgeHealth.Circuit.OPEN);
        fail(watch, "left alone for 30 s after 3 failures in a row; the last one: adapter says no");
        clock.pass(Duration.ofSeconds(30));
        fail(watch, "adapter says no");
        fail(watch, "left alone");
        clock.pass(Duration.ofSeconds(30));
        assertThat(ask(watch, "back")).isEqualTo("back");
        assertThat(watch.health("PRICES").orElseThrow().circuit()).isEqualTo(BridgeHealth.Circuit.CLOSED);
    }

    @Test
    void withoutALimit_noFailureOpensTheCircuit() {
        BridgeWatch watch = watch(BridgeLimits.none());
        for (int i = 0; i < 1_000; i++) {
            fail(watch, "adapter says no");
        }
        assertThat(watch.health("prices").orElseThrow().circuit()).isEqualTo(BridgeHealth.Circuit.CLOSED);
    }

    @RepeatedTest(20)
    void theBreaker_letsNothingThroughWhileOpen_whateverComes() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Breaker breaker = Breaker.fresh();
        long now = 0;
        int row = 0;
        for (int step = 0; step < 500; step++) {
            now += random.nextLong(Duration.ofSeconds(10).toNanos());
            boolean lets = breaker.lets(now);
            boolean open = breaker instanceof Breaker.Open(long until) && now < until;
            assertThat(lets).as("seed " + seed).isEqualTo(!open);
            if (!lets) {
                continue;
            }
            breaker = breaker.started();
            boolean good = random.nextInt(4) == 0;
            row = good ? 0 : row + 1;
            breaker = good ? breaker.succeeded() : breaker.failed(THREE, now);
            assertThat(breaker instanceof Breaker.Open).as("seed " + seed).isEqualTo(row >= 3);
        }
    }

    @Test
    void health_hasQuantiles_lastGood_andTheClassOfTheLastFailure() throws Exception {
        BridgeWatch watch = watch(BridgeLimits.none());
        assertThat(watch.health("prices")).isEmpty();
        for (int i = 1; i <= 200; i++) {
            int millis = i;
            watch.of("prices").ask(Deadline.none(clock), () -> {
                clock.pass(Duration.ofMillis(millis));
                return "";
            });
        }
        Instant good = clock.now();
        fail(watch, "adapter says no");
        BridgeHealth health = watch.health("prices").orElseThrow();
        assertThat(health.answered()).isEqualTo(200);
        assertThat(health.failed()).isEqualTo(1);
        assertThat(health.p50()).hasValue(Duration.ofMillis(150));
        assertThat(health.p95()).hasValue(Duration.ofMillis(195));
        assertThat(health.lastGood()).hasValue(good);
        assertThat(health.lastFailure().orElseThrow().errorClass()).isEqualTo(BridgeHealth.ErrorClass.ADAPTER);
        assertThat(health.underWay()).isZero();
    }

    @Test
    void requestsBeyondTheLimit_waitForTheirTurn_andGiveUpWhenTheirTimeIsOver() throws Exception {
        BridgeWatch watch = watch(new BridgeLimits(Duration.ZERO, 2, 0, Duration.ofSeconds(30)));
        CountDownLatch entered = new CountDownLatch(2);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        Thread[] callers = new Thread[6];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = Thread.ofVirtual().start(() -> occupy(watch, entered, leave, now, most));
        }
        entered.await();
        Deadline past = Deadline.none(clock).within(Duration.ofNanos(1));
        clock.pass(Duration.ofSeconds(1));
        assertThatThrownBy(() -> watch.of("prices").ask(past, () -> ""))
                .hasMessageContaining("2 requests were under way until the time was over");
        leave.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(most).hasValue(2);
        assertThat(watch.health("prices").orElseThrow().answered()).isEqualTo(6);
    }

    private void occupy(
            BridgeWatch watch, CountDownLatch entered, CountDownLatch leave, AtomicInteger now, AtomicInteger most) {
        try {
            watch.of("prices").ask(Deadline.none(clock), () -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                entered.countDown();
                awaitQuietly(leave);
                now.decrementAndGet();
                return "";
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
