package io.carabiner.pipeline;

import java.time.Duration;

/**
 * What a bridge may take: the table {@code [Carabiner.Bridges]}. It holds for each bridge by itself.
 *
 * @param timeout how long one request may take beside the task's own limits; zero for no further limit
 * @param requestsMax how many requests are under way at once; further ones wait for their turn; 0 for any number
 * @param failuresMax after how many failures in a row the bridge is left alone; 0 for never
 * @param pause how long it is left alone before one request tries it again
 */
public record BridgeLimits(Duration timeout, int requestsMax, int failuresMax, Duration pause) {

    /** No limits, as in the Go node. */
    public static BridgeLimits none() {
        return new BridgeLimits(Duration.ZERO, 0, 0, Duration.ofSeconds(30));
    }
}
