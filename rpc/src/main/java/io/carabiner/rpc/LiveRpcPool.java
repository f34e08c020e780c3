package io.carabiner.rpc;

import io.carabiner.config.EvmConfig;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.EvmMessages;
import io.carabiner.telemetry.Metrics;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The parts of a pool, wired. */
final class LiveRpcPool implements RpcPool {

    private final EndpointPool pool;
    private final Broadcast broadcast;
    private final RpcMeter meter;

    LiveRpcPool(EndpointPool pool, SendErrors errors, RpcMeter meter) {
        this.pool = pool;
        this.broadcast = new Broadcast(pool, errors, meter);
        this.meter = meter;
    }

    static LiveRpcPool open(EvmConfig config, Metrics metrics, TimeSource time) {
        RpcMeter meter = new RpcMeter(config.chainId(), metrics);
        EndpointWatch watch = new EndpointMessages(new EvmMessages(config.chainId()));
        EndpointPool pool = PoolConfig.pool(config, meter, time, watch);
        metrics.beforeExposition(() ->
                meter.states(pool.endpoints().stream().map(Endpoint::state).toList()));
        return new LiveRpcPool(pool, PoolConfig.sendErrors(config), meter);
    }

    @Override
    public ChainId chain() {
        return pool.chain();
    }

    @Override
    public void start() {
        pool.start();
    }

    @Override
    public boolean isAlive() {
        return pool.endpoints().stream().anyMatch(e -> !e.spec().sendOnly() && e.isAlive());
    }

    @Override
    public <T> T ask(String consumer, List<RpcCall> calls, Function<RpcAnswer, T> reader) {
        return pool.ask(consumer, calls, reader);
    }

    @Override
    public List<SendOutcome> send(String consumer, List<Bytes> signed) {
        return broadcast.send(consumer, signed);
    }

    @Override
    public Optional<RpcSubscription> subscribe(String kind, SubscriptionListener listener) {
        for (Endpoint endpoint : pool.readers()) {
            if (endpoint.spec().heads().isPresent()) {
                WebSocketTransport transport = endpoint.spec().heads().get();
                if (taken(endpoint.name(), transport, kind, listener)) {
                    return Optional.of(new LiveSubscription(endpoint.name(), transport));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean taken(
            String node, WebSocketTransport transport, String kind, SubscriptionListener listener) {
        try {
            transport.subscribe(kind, result -> listener.notified(node, result), () -> listener.closed(node));
            return true;
        } catch (RpcException e) {
            listener.refused(e);
            return false;
        }
    }

    @Override
    public void sawBlock(String node, long number) {
        meter.seen(node, number);
    }

    @Override
    public void close() {
        pool.close();
    }

    private record LiveSubscription(String node, WebSocketTransport transport) implements RpcSubscription {
        @Override
        public void abandon() {
            transport.reconnect();
        }
    }
}
