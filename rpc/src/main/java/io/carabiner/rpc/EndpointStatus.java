package io.carabiner.rpc;

import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Whether one endpoint may be used, and since when and why not. Thread-safe. */
final class EndpointStatus {

    private static final double JITTER = 0.2;

    private final RpcLimits limits;
    private final TimeSource time;
    private final Listener listener;

    // Guarded by this.
    private EndpointState state = EndpointState.UNDIALED;
    private String problem = "not tried yet";
    private int failedChecks;
    private int failures;
    private long checkAgainNanos;
    private long pausedUntilNanos;
    private long changedNanos;

    /** Is told of changes, under the lock: must be quick and not call back. */
    interface Listener {
        void changed(EndpointState before, EndpointState now, String why);
    }

    EndpointStatus(RpcLimits limits, TimeSource time, Listener listener) {
        this.limits = limits;
        this.time = time;
        this.listener = listener;
        this.checkAgainNanos = time.monotonicNanos();
        this.pausedUntilNanos = time.monotonicNanos();
        this.changedNanos = time.monotonicNanos();
    }

    synchronized EndpointState state() {
        return state;
    }

    /** Why it is not used, in words; empty if it is. */
    synchronized String problem() {
        return problem;
    }

    /** How long it has been in its state. */
    synchronized Duration sinceChange() {
        return Duration.ofNanos(time.monotonicNanos() - changedNanos);
    }

    /** How much longer it asked to be left alone; empty if it did not. */
    synchronized Optional<Duration> pause() {
        long left = pausedUntilNanos - time.monotonicNanos();
        return left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
    }

    synchronized void answered() {
        failures = 0;
    }

    /** A request got no usable answer. */
    synchronized void failed(RpcException e) {
        switch (e.fault()) {
            case RATE_LIMITED -> {
                if (e instanceof RateLimitedException limited) {
                    pausedUntilNanos = time.monotonicNanos() + limited.pause().toNanos();
                }
            }
            // The check is one cheap call: it tells a slow answer from a silent endpoint.
            case UNREACHABLE, TIMEOUT -> moveTo(EndpointState.UNREACHABLE, e.words(), Duration.ZERO);
            case WRONG_CHAIN -> moveTo(EndpointState.INVALID_CHAIN_ID, e.words(), limits.backoffMin());
            case HTTP_STATUS, NOT_JSON_RPC -> {
                if (++failures >= limits.failuresMax()) {
                    moveTo(EndpointState.UNREACHABLE, e.words(), limits.backoffMin());
                }
            }
            case TOO_LARGE, MALFORMED_RESULT, ERROR_OBJECT, NO_ENDPOINT, INTERRUPTED, STALE, BUDGET -> {}
        }
    }

    /** A check went well. */
    synchronized void verified() {
        failedChecks = 0;
        failures = 0;
        if (!state.isUsable()) {
            moveTo(EndpointState.ALIVE, "", Duration.ZERO);
        }
    }

    /** A check did not go well: the next one is later and later. */
    synchronized void refuted(EndpointState next, String why) {
        moveTo(next, why, nextWait());
    }

    private Duration nextWait() {
        Duration wait = limits.backoff(failedChecks++);
        double factor = 1 + JITTER * (ThreadLocalRandom.current().nextDouble() - 0.5);
        return Duration.ofNanos((long) (wait.toNanos() * factor));
    }

    /** It is, or is no longer, too far behind the other endpoints. */
    synchronized void lags(boolean tooMuch, String why) {
        if (tooMuch && state == EndpointState.ALIVE) {
            moveTo(EndpointState.OUT_OF_SYNC, why, Duration.ZERO);
        } else if (!tooMuch && state == EndpointState.OUT_OF_SYNC) {
            moveTo(EndpointState.ALIVE, "", Duration.ZERO);
        }
    }

    synchronized void close() {
        moveTo(EndpointState.CLOSED, "the node is stopping", Duration.ZERO);
    }

    private void moveTo(EndpointState next, String why, Duration checkAgainIn) {
        if (state == EndpointState.CLOSED) {
            return;
        }
        EndpointState before = state;
        boolean told = before == next && problem.equals(why);
        state = next;
        problem = why;
        checkAgainNanos = time.monotonicNanos() + checkAgainIn.toNanos();
        if (before != next) {
            changedNanos = time.monotonicNanos();
        }
        if (!told) {
            listener.changed(before, next, why);
        }
        notifyAll();
    }

    synchronized boolean checkIsDue() {
        return !state.isUsable() && state != EndpointState.CLOSED && checkAgainNanos - time.monotonicNanos() <= 0;
    }

    /** Waits until it must be checked before it can be used. */
    synchronized void awaitUnusable() throws InterruptedException {
        while (state.isUsable() || state == EndpointState.CLOSED) {
            wait();
        }
    }

    synchronized Duration untilCheck() {
        return Duration.ofNanos(Math.max(0, checkAgainNanos - time.monotonicNanos()));
    }
}
