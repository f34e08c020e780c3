package io.carabiner.pipeline;

import io.carabiner.outbound.Deadline;
import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One bridge: its turn, its breaker, and how it has answered. Safe for use by many threads. */
final class WatchedBridge {

    /** How many of the last good answers the quantiles are about. */
    static final int SAMPLES = 100;

    private final String name;
    private final BridgeLimits limits;
    private final TimeSource time;
    private final BridgeMetrics metrics;
    private final Semaphore turns;
    private final long[] tookNanos = new long[SAMPLES];
    private Breaker breaker = Breaker.fresh();
    private long answered;
    private long failed;
    private int underWay;
    private @Nullable Instant lastGood;
    private BridgeHealth.@Nullable Failure lastFailure;

    WatchedBridge(String name, BridgeLimits limits, TimeSource time, BridgeMetrics metrics) {
        this.name = name;
        this.limits = limits;
        this.time = time;
        this.metrics = metrics;
        this.turns = new Semaphore(limits.requestsMax() == 0 ? Integer.MAX_VALUE : limits.requestsMax(), true);
    }

    /** A request to the bridge. */
    interface Call<T> {
        T make();
    }

    /**
     * Makes a request when its turn has come and the bridge is not left alone.
     *
     * @throws BridgeFault if it was not made, or the request's own
     */
    <T> T ask(Deadline deadline, Call<T> call) throws InterruptedException {
        if (!turns.tryAcquire(deadline.left().toMillis(), TimeUnit.MILLISECONDS)) {
            throw failed(new BridgeFault(
                    BridgeHealth.ErrorClass.BUSY,
                    "bridge " + name + ": " + limits.requestsMax()
                            + " requests were under way until the time was over"));
        }
        try {
            start();
            long start = time.monotonicNanos();
            T result = call.make();
            succeeded(time.monotonicNanos() - start);
            return result;
        } catch (BridgeFault e) {
            throw failed(e);
        } catch (RuntimeException | StackOverflowError e) {
            throw failed(new BridgeFault(BridgeHealth.ErrorClass.UNREACHABLE, String.valueOf(e.getMessage())));
        } finally {
            turns.release();
        }
    }

    private synchronized void start() {
        long now = time.monotonicNanos();
        if (!breaker.lets(now)) {
            throw new BridgeFault(
                    BridgeHealth.ErrorClass.CIRCUIT_OPEN,
                    "bridge " + name + " is left alone for " + limits.pause().toSeconds() + " s after "
                            + limits.failuresMax() + " failures in a row; the last one: "
                            + (lastFailure == null ? "" : lastFailure.text()));
        }
        breaker = breaker.started();
        underWay++;
    }

    private synchronized void succeeded(long nanos) {
        underWay--;
        tookNanos[(int) (answered % SAMPLES)] = nanos;
        answered++;
        Instant now = time.now();
        lastGood = now;
        breaker = breaker.succeeded();
        metrics.circuit(name, false);
        metrics.answered(name, quantile(50), quantile(95), now);
    }

    private synchronized BridgeFault failed(BridgeFault fault) {
        metrics.failed(name, fault.errorClass());
        failed++;
        boolean wasAsked =
                switch (fault.errorClass()) {
                    case BUSY, CIRCUIT_OPEN -> false;
                    case TIMEOUT, UNREACHABLE, TOO_LARGE, ADAPTER -> true;
                };
        if (wasAsked) {
            underWay--;
            lastFailure = new BridgeHealth.Failure(fault.errorClass(), fault.text(), time.now());
            breaker = breaker.failed(limits, time.monotonicNanos());
            metrics.circuit(name, !(breaker instanceof Breaker.Closed));
        }
        return fault;
    }

    /** The nearest-rank percentile of the samples. */
    private Duration quantile(int percent) {
        long[] sorted = Arrays.copyOf(tookNanos, (int) Math.min(answered, SAMPLES));
        Arrays.sort(sorted);
        return Duration.ofNanos(sorted[(sorted.length * percent + 99) / 100 - 1]);
    }

    synchronized BridgeHealth health() {
        boolean any = answered > 0;
        return new BridgeHealth(
                answered,
                failed,
                any ? Optional.of(quantile(50)) : Optional.empty(),
                any ? Optional.of(quantile(95)) : Optional.empty(),
                Optional.ofNullable(lastGood),
                Optional.ofNullable(lastFailure),
                circuit(),
                underWay);
    }

    private BridgeHealth.Circuit circuit() {
        return switch (breaker) {
            case Breaker.Closed ignored -> BridgeHealth.Circuit.CLOSED;
            case Breaker.Open ignored -> BridgeHealth.Circuit.OPEN;
            case Breaker.Probing ignored -> BridgeHealth.Circuit.PROBING;
        };
    }
}
