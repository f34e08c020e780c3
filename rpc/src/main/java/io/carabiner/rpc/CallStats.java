package io.carabiner.rpc;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * How one endpoint answered lately: latencies by method, the share of failures, and what it still owes. Thread-safe.
 */
final class CallStats {

    /** Latencies kept of each method. */
    static final int SAMPLES_MAX = 64;

    /** With fewer latencies of a method nothing is said about the method. */
    static final int SAMPLES_MIN = 10;

    /** Methods told apart; calls of further ones are not timed. */
    private static final int METHODS_MAX = 64;

    private static final double HALF_LIFE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final String ALL = "";

    // Guarded by this.
    private final Map<String, Ring> latencies = new HashMap<>();
    private final TreeMap<Long, Long> owedSinceNanos = new TreeMap<>();
    private long nextTicket;
    private long lastAnswerNanos;
    private boolean everAnswered;
    private double weight;
    private double failedWeight;
    private long weighedNanos;

    private static final class Ring {
        private final long[] nanos = new long[SAMPLES_MAX];
        private int count;

        void add(long value) {
            nanos[count++ % SAMPLES_MAX] = value;
        }

        long percentile(double share) {
            long[] sorted = Arrays.copyOf(nanos, Math.min(count, SAMPLES_MAX));
            Arrays.sort(sorted);
            return sorted[(int) Math.min(sorted.length - 1L, Math.round(Math.ceil(share * sorted.length)) - 1)];
        }
    }

    /** A request went out; the ticket is given back with its end. */
    synchronized long sent(long nowNanos) {
        owedSinceNanos.put(nextTicket, nowNanos);
        return nextTicket++;
    }

    /** It was answered, whatever the answer says about the call. */
    synchronized void answered(long ticket, String method, long nowNanos) {
        Long sent = owedSinceNanos.remove(ticket);
        lastAnswerNanos = nowNanos;
        everAnswered = true;
        weigh(false, nowNanos);
        if (sent != null) {
            ring(ALL).add(nowNanos - sent);
            if (latencies.size() < METHODS_MAX || latencies.containsKey(method)) {
                ring(method).add(nowNanos - sent);
            }
        }
    }

    /** There was no usable answer. */
    synchronized void failed(long ticket, long nowNanos) {
        owedSinceNanos.remove(ticket);
        weigh(true, nowNanos);
    }

    /** Nobody waits for it any more. */
    synchronized void givenUp(long ticket) {
        owedSinceNanos.remove(ticket);
    }

    private Ring ring(String method) {
        return latencies.computeIfAbsent(method, name -> new Ring());
    }

    private void weigh(boolean failure, long nowNanos) {
        decay(nowNanos);
        weight += 1;
        failedWeight += failure ? 1 : 0;
    }

    private void decay(long nowNanos) {
        double factor = Math.pow(0.5, (double) Math.max(0, nowNanos - weighedNanos) / HALF_LIFE_NANOS);
        weight *= factor;
        failedWeight *= factor;
        weighedNanos = nowNanos;
    }

    /** The share of requests without a usable answer, 0 to 1; half of what is known is forgotten each minute. */
    synchronized double errorRate(long nowNanos) {
        decay(nowNanos);
        // A few calls that went well are assumed, so that one failure of one call is no rate of 1.
        return failedWeight / (weight + 3);
    }

    /**
     * Whether it is silent: a request is unanswered for this long, and no other one was answered since it went out. A
     * slow answer beside quick ones is no silence.
     */
    synchronized boolean isSilent(Duration after, long nowNanos) {
        if (owedSinceNanos.isEmpty()) {
            return false;
        }
        long oldest = owedSinceNanos.firstEntry().getValue();
        return nowNanos - oldest >= after.toNanos() && (!everAnswered || lastAnswerNanos - oldest < 0);
    }

    /** The latency that this share of the answers to a method kept; empty while too few are known. */
    synchronized Optional<Duration> latency(String method, double share) {
        Ring ring = latencies.get(method);
        return ring == null || ring.count < SAMPLES_MIN
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(ring.percentile(share)));
    }

    /** The same over all methods. */
    synchronized Optional<Duration> latency(double share) {
        return latency(ALL, share);
    }
}
