package io.carabiner.rpc;

import java.time.Duration;
import java.util.Optional;

/** The endpoint asks for fewer calls. */
final class RateLimitedException extends RpcException {

    private static final long serialVersionUID = 1L;
    private static final Duration PAUSE_DEFAULT = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(1);

    private final Duration pause;

    RateLimitedException(EndpointUrl url, Optional<String> retryAfter) {
        super(
                RpcFault.RATE_LIMITED,
                url
                        + ": too many requests (HTTP 429); the node pauses and goes on. If this stays, raise the plan"
                        + " at the"
                        + " provider or add another endpoint");
        this.pause = pause(retryAfter);
    }

    private static Duration pause(Optional<String> retryAfter) {
        return retryAfter
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(asked -> asked.compareTo(PAUSE_MAX) < 0 ? asked : PAUSE_MAX)
                .orElse(PAUSE_DEFAULT);
    }

    /** How long to leave the endpoint alone. */
    Duration pause() {
        return pause;
    }
}
