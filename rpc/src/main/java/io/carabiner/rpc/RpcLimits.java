package io.carabiner.rpc;

import java.time.Duration;

/**
 * How long to wait for an endpoint and how much to take from it.
 *
 * @param connectTimeout for a connection and a WebSocket handshake
 * @param queryTimeout from sending a request to the end of its answer
 * @param answerMaxBytes the largest answer or WebSocket message
 * @param backoffMin the first wait before an endpoint that failed is tried again; it doubles
 * @param backoffMax the longest such wait
 * @param failuresMax this many calls failing in a row take an endpoint out until it is checked again
 */
record RpcLimits(
        Duration connectTimeout,
        Duration queryTimeout,
        int answerMaxBytes,
        Duration backoffMin,
        Duration backoffMax,
        int failuresMax) {

    static final RpcLimits DEFAULTS = new RpcLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            64 * 1024 * 1024,
            Duration.ofSeconds(1),
            Duration.ofSeconds(15),
            5);

    /** The wait before the n-th retry, from 0. */
    Duration backoff(int retry) {
        Duration wait = backoffMin.multipliedBy(1L << Math.min(retry, 10));
        return wait.compareTo(backoffMax) < 0 ? wait : backoffMax;
    }
}
