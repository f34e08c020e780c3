package io.carabiner.rpc;

import io.carabiner.config.EvmConfig;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The endpoints of one chain as one: whoever asks does not choose an endpoint. Nothing is connected before
 * {@link #start} or the first call; endpoints that are down are tried again by themselves. Every call has a timeout.
 * Safe for use by many threads.
 */
public interface RpcPool extends AutoCloseable {

    /** A pool of the chain's nodes without a budget of calls, not started yet. */
    static RpcPool open(EvmConfig config, Metrics metrics, TimeSource time) {
        return open(config, 0, metrics, time);
    }

    /**
     * A pool of the chain's nodes, not started yet.
     *
     * @param config the chain, whose nodes were validated
     * @param dailyCallsMax the calls of a UTC day after which what can wait is put off; 0 for no limit
     */
    static RpcPool open(EvmConfig config, long dailyCallsMax, Metrics metrics, TimeSource time) {
        return LiveRpcPool.open(config, dailyCallsMax, metrics, time);
    }

    /** The configured id; no endpoint of another chain is ever used. */
    ChainId chain();

    /** Starts checking the endpoints; without it they are checked when they are needed. Returns at once. */
    void start();

    /** Whether an endpoint that answers reads is alive. */
    boolean isAlive();

    /**
     * Asks all calls of the same endpoint, so that the answers fit together, and the next one if the answers cannot be
     * used.
     *
     * @param consumer who the calls are counted for: a short lower-case word such as {@code heads}
     * @param calls sent as one request
     * @param reader turns the replies into what the caller wants; it throws {@link RpcException} if it cannot
     * @throws RpcException if no endpoint gives a usable answer
     */
    <T> T ask(String consumer, List<RpcCall> calls, Function<RpcAnswer, T> reader);

    /**
     * Asks two endpoints the same at once, and a third one where they differ; where only one is there, that one. For
     * what decides on money: nonces and receipts.
     *
     * @param decoder reads the result of a call; it throws {@link RpcException} if it cannot
     * @param essence what must be equal for two answers to be the same
     * @return what the endpoints say to each call, in the order of the calls
     * @throws RpcException if no endpoint gives a usable answer
     */
    <T> List<Quorum<T>> askQuorum(
            String consumer, List<RpcCall> calls, Function<JsonNode, T> decoder, Function<T, ?> essence);

    /**
     * Sends signed transactions, in this order, to all endpoints; for each says how it went, over all endpoints
     * together (one that took it is enough). Never throws for a refusal or an endpoint that is down.
     */
    List<SendOutcome> send(String consumer, List<Bytes> signed);

    /**
     * Subscribes at the first endpoint that has a WebSocket and takes the subscription.
     *
     * @param kind such as {@code newHeads}
     * @return the subscription, or empty if no endpoint took it; the listener was told why
     */
    Optional<RpcSubscription> subscribe(String kind, SubscriptionListener listener);

    /** An endpoint announced the block of this height. */
    void sawBlock(String node, long number);

    /** How each endpoint does now, in the order of the configuration. */
    List<EndpointReport> endpoints();

    /** The calls of today. */
    RpcUsage usage();

    /** Closes all connections; calls in flight end with a fault. */
    @Override
    void close();
}
