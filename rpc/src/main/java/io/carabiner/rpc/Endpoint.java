package io.carabiner.rpc;

import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One entry of {@code EVM.Nodes}: its connections, and whether it may be used. It is used only while its chain id was
 * checked after the last time it could not be reached. Safe for use by many threads.
 */
final class Endpoint implements AutoCloseable {

    /**
     * The settings of an endpoint.
     *
     * @param calls where requests go: HTTP if there, else WebSocket
     * @param heads where heads are subscribed to
     * @param order the lowest is asked first
     * @param expected the chain to insist on; empty when {@code NodePool.VerifyChainID} is off
     */
    record Spec(
            String name,
            int order,
            boolean sendOnly,
            RpcTransport calls,
            Optional<WebSocketTransport> heads,
            Optional<ChainId> expected) {}

    private static final double JITTER = 0.2;

    private final Spec spec;
    private final RpcLimits limits;
    private final RpcMeter meter;
    private final TimeSource time;
    private final EndpointWatch watch;
    private final ReentrantLock verifying = new ReentrantLock();

    // Guarded by this.
    private EndpointState state = EndpointState.UNDIALED;
    private String problem = "not tried yet";
    private int failedChecks;
    private int timeouts;
    private long checkAgainNanos;
    private long pausedUntilNanos;

    private volatile String clientVersion = "";

    Endpoint(Spec spec, RpcLimits limits, RpcMeter meter, TimeSource time, EndpointWatch watch) {
        this.spec = spec;
        this.limits = limits;
        this.meter = meter;
        this.time = time;
        this.watch = watch;
        this.checkAgainNanos = time.monotonicNanos();
        this.pausedUntilNanos = time.monotonicNanos();
    }

    Spec spec() {
        return spec;
    }

    String name() {
        return spec.name();
    }

    synchronized EndpointState state() {
        return state;
    }

    /** Why it is not used, in words. */
    synchronized String problem() {
        return problem;
    }

    boolean isAlive() {
        return state() == EndpointState.ALIVE;
    }

    /** Whether it asked to be left alone for a while. */
    synchronized boolean isPaused() {
        return pausedUntilNanos - time.monotonicNanos() > 0;
    }

    /** What it answered to web3_clientVersion; empty if it did not. */
    String clientVersion() {
        return clientVersion;
    }

    /**
     * Sends calls as one request.
     *
     * @throws RpcException if there is no usable answer; the state then says so too
     */
    List<RpcReply> exchange(String consumer, List<RpcCall> calls) {
        long start = time.monotonicNanos();
        boolean worked = false;
        try {
            List<RpcReply> replies = spec.calls().exchange(calls);
            worked = true;
            answered();
            return replies;
        } catch (RpcException e) {
            failed(e);
            throw e;
        } finally {
            meter.called(spec.calls().url(), spec.sendOnly(), consumer, calls, time.monotonicNanos() - start, worked);
        }
    }

    private synchronized void answered() {
        timeouts = 0;
    }

    private synchronized void failed(RpcException e) {
        switch (e.fault()) {
            case RATE_LIMITED -> {
                if (e instanceof RateLimitedException limited) {
                    pausedUntilNanos = time.monotonicNanos() + limited.pause().toNanos();
                }
            }
            case UNREACHABLE -> moveTo(EndpointState.UNREACHABLE, e.words(), Duration.ZERO);
            case TIMEOUT -> {
                timeouts++;
                // The check is one cheap call: it tells a slow answer from a silent endpoint.
                moveTo(EndpointState.UNREACHABLE, e.words(), Duration.ZERO);
            }
            case WRONG_CHAIN -> moveTo(EndpointState.INVALID_CHAIN_ID, e.words(), limits.backoffMin());
            case HTTP_STATUS, NOT_JSON_RPC -> {
                if (++timeouts >= limits.failuresMax()) {
                    moveTo(EndpointState.UNREACHABLE, e.words(), limits.backoffMin());
                }
            }
            case TOO_LARGE, MALFORMED_RESULT, ERROR_OBJECT, NO_ENDPOINT, INTERRUPTED -> {}
        }
    }

    private synchronized void moveTo(EndpointState next, String why, Duration checkAgainIn) {
        if (state == EndpointState.CLOSED) {
            return;
        }
        EndpointState before = state;
        boolean told = before == next && problem.equals(why);
        state = next;
        problem = why;
        checkAgainNanos = time.monotonicNanos() + checkAgainIn.toNanos();
        if (before != next) {
            meter.transition(name(), next);
        }
        if (!told) {
            watch.changed(this, before, next, why);
        }
        notifyAll();
    }

    /** Whether its chain id was or now is checked; asks at most as often as the backoff allows. */
    boolean ensureAlive() {
        if (isAlive()) {
            return true;
        }
        verifying.lock();
        try {
            if (state() != EndpointState.ALIVE && checkIsDue()) {
                verify();
            }
            return isAlive();
        } finally {
            verifying.unlock();
        }
    }

    private synchronized boolean checkIsDue() {
        return state != EndpointState.CLOSED && checkAgainNanos - time.monotonicNanos() <= 0;
    }

    private void verify() {
        try {
            if (spec.expected().isPresent()) {
                List<RpcReply> replies = metered(ChainCheck.CALL);
                ChainCheck.require(spec.calls().url(), spec.expected().get(), replies);
            }
            learnClient();
            meter.verified(name(), true);
            verified();
        } catch (RpcException e) {
            if (e.fault() == RpcFault.INTERRUPTED) {
                throw e;
            }
            meter.verified(name(), false);
            boolean wrong = e.fault() == RpcFault.WRONG_CHAIN;
            moveTo(wrong ? EndpointState.INVALID_CHAIN_ID : EndpointState.UNREACHABLE, e.words(), nextWait());
        }
    }

    private List<RpcReply> metered(RpcCall call) {
        long start = time.monotonicNanos();
        boolean worked = false;
        try {
            List<RpcReply> replies = spec.calls().exchange(List.of(call));
            worked = true;
            return replies;
        } finally {
            meter.called(
                    spec.calls().url(), spec.sendOnly(), "pool", List.of(call), time.monotonicNanos() - start, worked);
        }
    }

    /** Which program answers; only needed to read its error texts, so a refusal does not matter. */
    private void learnClient() {
        if (clientVersion.isEmpty()
                && metered(RpcCall.of("web3_clientVersion")).getFirst() instanceof RpcReply.Result result) {
            clientVersion = result.value().asString("");
        }
    }

    private synchronized void verified() {
        failedChecks = 0;
        timeouts = 0;
        moveTo(EndpointState.ALIVE, "", Duration.ZERO);
    }

    private synchronized Duration nextWait() {
        Duration wait = limits.backoff(failedChecks++);
        double factor = 1 + JITTER * (ThreadLocalRandom.current().nextDouble() - 0.5);
        return Duration.ofNanos((long) (wait.toNanos() * factor));
    }

    /** Checks it whenever it is not alive and the backoff has passed, until the thread is interrupted. */
    void keepChecking() throws InterruptedException {
        while (true) {
            awaitNotAlive();
            time.sleep(untilCheck());
            ensureAlive();
        }
    }

    private synchronized void awaitNotAlive() throws InterruptedException {
        while (state == EndpointState.ALIVE || state == EndpointState.CLOSED) {
            wait();
        }
    }

    private synchronized Duration untilCheck() {
        return Duration.ofNanos(Math.max(0, checkAgainNanos - time.monotonicNanos()));
    }

    @Override
    public void close() {
        moveTo(EndpointState.CLOSED, "the node is stopping", Duration.ZERO);
        spec.calls().close();
        spec.heads().ifPresent(WebSocketTransport::close);
    }
}
