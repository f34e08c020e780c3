package io.carabiner.rpc;

import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The subscriptions of one chain's pool, and whether they are still at a good endpoint. Thread-safe. */
final class Subscriptions {

    private final EndpointPool pool;
    private final Duration lease;
    private final TimeSource time;
    private final List<Live> open = new CopyOnWriteArrayList<>();

    Subscriptions(EndpointPool pool) {
        this.pool = pool;
        this.lease = pool.rules().leaseDuration();
        this.time = pool.context().time();
    }

    private record Live(Endpoint endpoint, WebSocketTransport transport, long sinceNanos) implements RpcSubscription {
        @Override
        public String node() {
            return endpoint.name();
        }

        @Override
        public void abandon() {
            transport.reconnect();
        }
    }

    /** At the best endpoint that has a WebSocket and takes it. */
    Optional<RpcSubscription> subscribe(String kind, SubscriptionListener listener) {
        for (Endpoint endpoint : subscribable()) {
            WebSocketTransport transport = endpoint.spec().heads().orElseThrow();
            Live live = new Live(endpoint, transport, time.monotonicNanos());
            if (taken(live, kind, listener)) {
                return Optional.of(live);
            }
        }
        return Optional.empty();
    }

    private List<Endpoint> subscribable() {
        return pool.readers(List.of()).stream()
                .filter(endpoint -> endpoint.spec().heads().isPresent())
                .toList();
    }

    private boolean taken(Live live, String kind, SubscriptionListener listener) {
        try {
            open.add(live);
            live.transport().subscribe(kind, result -> listener.notified(live.node(), result), () -> {
                open.remove(live);
                listener.closed(live.node());
            });
            return true;
        } catch (RpcException e) {
            open.remove(live);
            listener.refused(e);
            return false;
        }
    }

    /** Gives up those that would be better off at another endpoint; whoever subscribed then subscribes anew. */
    void supervise(long nowNanos) {
        if (open.isEmpty()) {
            return;
        }
        Optional<Endpoint> best = subscribable().stream().findFirst();
        for (Live live : open) {
            if (best.isPresent() && best.get() != live.endpoint() && shouldMove(live, best.get(), nowNanos)) {
                live.abandon();
            }
        }
    }

    private boolean shouldMove(Live live, Endpoint best, long nowNanos) {
        boolean leaseIsOver = lease.isPositive() && nowNanos - live.sinceNanos() >= lease.toNanos();
        return leaseIsOver || (isBad(live.endpoint()) && !isBad(best));
    }

    private static boolean isBad(Endpoint endpoint) {
        return !endpoint.isUsable() || endpoint.standing(List.of()) != EndpointChoice.Standing.GOOD;
    }
}
