package io.carabiner.pipeline;

import java.time.Duration;
import java.util.Optional;

/**
 * A task ready to run.
 *
 * @param timeout for one attempt; empty if unset
 * @param attempts how often it is tried at most, from 1
 * @param terminal whether nothing depends on it
 */
record CompiledTask(
        PipelineTask task,
        Task code,
        Optional<Duration> timeout,
        boolean failEarly,
        long attempts,
        Duration minBackoff,
        Duration maxBackoff,
        boolean terminal) {

    private static final Duration MIN_BACKOFF = Duration.ofSeconds(5);
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(1);
    private static final Duration MAX_BACKOFF_IF_ZERO = Duration.ofSeconds(10);

    static CompiledTask of(PipelineTask task, Task code, Attributes attributes, boolean terminal) {
        Duration maxBackoff = attributes.duration("maxBackoff").orElse(MAX_BACKOFF);
        return new CompiledTask(
                task,
                code,
                attributes.duration("timeout"),
                attributes.bool("failEarly"),
                Math.max(1, attributes.retries()),
                attributes.duration("minBackoff").orElse(MIN_BACKOFF),
                maxBackoff.isZero() || maxBackoff.isNegative() ? MAX_BACKOFF_IF_ZERO : maxBackoff,
                terminal);
    }

    /** How long to wait after so many attempts have failed: doubled each time, up to the maximum. */
    Duration backoffAfter(long failedAttempts) {
        if (minBackoff.isZero() || minBackoff.isNegative()) {
            return Duration.ZERO;
        }
        Duration wait = minBackoff;
        for (long i = 1; i < failedAttempts && wait.compareTo(maxBackoff) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(maxBackoff) < 0 ? wait : maxBackoff;
    }
}
