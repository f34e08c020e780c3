package io.carabiner.pipeline;

import io.carabiner.outbound.OutboundSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings that tasks obey, under the names of the node's configuration.
 *
 * @param maxRunDuration {@code JobPipeline.MaxRunDuration}: a run's tasks are stopped after so long; zero for never
 * @param httpDefaultTimeout {@code JobPipeline.HTTPRequest.DefaultTimeout}, where the task sets no timeout
 * @param httpMaxSizeBytes {@code JobPipeline.HTTPRequest.MaxSize}: the largest answer that is read
 * @param bridgeResponseUrl {@code WebServer.BridgeResponseURL}, empty if unset
 * @param bridgeCacheTtl {@code WebServer.BridgeCacheTTL}, zero for no cache
 * @param outbound what an operator says about fetching
 */
public record PipelineSettings(
        Duration maxRunDuration,
        Duration httpDefaultTimeout,
        long httpMaxSizeBytes,
        Optional<URI> bridgeResponseUrl,
        Duration bridgeCacheTtl,
        OutboundSettings outbound) {

    /** The Go node's defaults. */
    public static PipelineSettings defaults() {
        return new PipelineSettings(
                Duration.ofMinutes(10),
                Duration.ofSeconds(15),
                32_768,
                Optional.empty(),
                Duration.ZERO,
                OutboundSettings.defaults());
    }
}
