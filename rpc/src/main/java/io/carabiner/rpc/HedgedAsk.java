package io.carabiner.rpc;

import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One question to several endpoints, one after another: the next one when an answer cannot be used, and beside the
 * first one when that is slower than it usually is. The first usable answer is taken; the others come when they come
 * and only tell how quick their endpoint is. Of one thread.
 */
final class HedgedAsk<T> {

    private final String consumer;
    private final List<RpcCall> calls;
    private final Function<RpcAnswer, T> reader;
    private final HedgeRules hedges;
    private final TimeSource time;
    private final RpcMeter meter;
    private final BlockingQueue<Attempt> ended = new LinkedBlockingQueue<>();
    private final List<RpcException> faults = new ArrayList<>();
    private int open;
    private @Nullable Endpoint latest;
    private long latestSinceNanos;

    /** An endpoint's replies, or why there are none. */
    private record Attempt(
            Endpoint endpoint,
            @Nullable List<RpcReply> replies,
            @Nullable RpcException fault) {}

    HedgedAsk(
            String consumer,
            List<RpcCall> calls,
            Function<RpcAnswer, T> reader,
            HedgeRules hedges,
            TimeSource time,
            RpcMeter meter) {
        this.consumer = consumer;
        this.calls = calls;
        this.reader = reader;
        this.hedges = hedges;
        this.time = time;
        this.meter = meter;
    }

    /** Why no endpoint gave a usable answer. */
    List<RpcException> faults() {
        return faults;
    }

    /**
     * The first usable answer; empty if there is none.
     *
     * @param endpoints the one to ask first
     * @throws RpcException if an endpoint's refusal would be everybody's
     */
    Optional<T> of(List<Endpoint> endpoints) {
        if (endpoints.size() == 1) {
            hedges.called(calls.size());
            return taken(attempt(endpoints.getFirst()));
        }
        Iterator<Endpoint> next = endpoints.iterator();
        while (open > 0 || next.hasNext()) {
            if (open == 0) {
                hedges.called(calls.size());
                start(next.next());
            }
            Optional<T> answer = awaitOne(next);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    private void start(Endpoint endpoint) {
        open++;
        latest = endpoint;
        latestSinceNanos = time.monotonicNanos();
        Thread.ofVirtual().name("rpc-ask-" + endpoint.name()).start(() -> ended.add(attempt(endpoint)));
    }

    private Attempt attempt(Endpoint endpoint) {
        try {
            return new Attempt(endpoint, endpoint.exchange(consumer, calls), null);
        } catch (RpcException e) {
            return new Attempt(endpoint, null, e);
        } catch (RuntimeException e) {
            // A bug of ours must not leave the asker waiting.
            return new Attempt(endpoint, null, new RpcException(RpcFault.MALFORMED_RESULT, String.valueOf(e), e));
        }
    }

    private Optional<T> awaitOne(Iterator<Endpoint> next) {
        @Nullable Attempt attempt = next.hasNext() ? poll(next) : take();
        if (attempt == null) {
            return Optional.empty();
        }
        open--;
        return taken(attempt);
    }

    /** The next answer; null if one more endpoint was asked because there was none in time. */
    private @Nullable Attempt poll(Iterator<Endpoint> next) {
        Endpoint slow = latest == null ? next.next() : latest;
        Duration usual = HedgeRules.delay(slow.stats().latency(Endpoint.kind(calls), HedgeRules.PERCENTILE));
        @Nullable Attempt attempt = poll(usual);
        if (attempt == null && !hedges.takeExtra(calls.size())) {
            attempt = poll(HedgeRules.SILENCE);
        }
        if (attempt == null) {
            meter.hedged(slow.name());
            start(next.next());
        }
        return attempt;
    }

    private @Nullable Attempt poll(Duration sinceStart) {
        try {
            long left = sinceStart.toNanos() - (time.monotonicNanos() - latestSinceNanos);
            return ended.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Attempt take() {
        try {
            return ended.take();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static RpcException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new RpcException(RpcFault.INTERRUPTED, "told to stop while waiting for an answer", e);
    }

    private Optional<T> taken(Attempt attempt) {
        try {
            if (attempt.fault() != null) {
                throw attempt.fault();
            }
            List<RpcReply> replies = attempt.replies() == null ? List.of() : attempt.replies();
            return Optional.of(reader.apply(new RpcAnswer(attempt.endpoint().name(), replies)));
        } catch (RpcException e) {
            if (isFinal(e)) {
                throw e;
            }
            faults.add(e);
            return Optional.empty();
        }
    }

    private static boolean isFinal(RpcException e) {
        return e.fault() == RpcFault.INTERRUPTED
                || (e instanceof RpcErrorException refusal
                        && switch (refusal.error().kind()) {
                            case CALL, TOO_MANY_RESULTS -> true;
                            case MISSING_BLOCK, ENDPOINT_TROUBLE -> false;
                        });
    }
}
