package io.carabiner.config;

import java.time.Duration;

/**
 * Section {@code JobPipeline}.
 *
 * @param externalInitiatorsEnabled webhook jobs may be started by external initiators
 * @param maxRunDuration a run is ended after this time; zero = no limit
 * @param maxSuccessfulRuns kept for each job; 0 = none
 * @param reaperInterval how often old runs are deleted; zero = never
 * @param reaperThreshold completed runs older than this are deleted
 * @param resultWriteQueueDepth runs that may wait to be stored
 * @param verboseLogging log each task of each run
 * @param httpRequest what http and bridge tasks may do
 */
public record JobPipelineConfig(
        boolean externalInitiatorsEnabled,
        Duration maxRunDuration,
        long maxSuccessfulRuns,
        Duration reaperInterval,
        Duration reaperThreshold,
        long resultWriteQueueDepth,
        boolean verboseLogging,
        HttpRequest httpRequest) {

    /**
     * Section {@code JobPipeline.HTTPRequest}.
     *
     * @param defaultTimeout for http and bridge tasks that name none
     * @param maxSize the largest body that is read
     */
    public record HttpRequest(Duration defaultTimeout, FileSize maxSize) {}
}
