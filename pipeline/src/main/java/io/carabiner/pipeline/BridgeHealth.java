package io.carabiner.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How a bridge has answered since the node started.
 *
 * @param answered how many requests it has answered well
 * @param failed how many it has not
 * @param p50 how long half of the last good answers took at most; empty before the first
 * @param p95 how long 95 of 100 of them took at most
 * @param lastGood when it last answered well
 * @param lastFailure what went wrong last, and when; kept when it answers again
 * @param circuit whether it is asked
 * @param underWay how many requests are under way
 */
public record BridgeHealth(
        long answered,
        long failed,
        Optional<Duration> p50,
        Optional<Duration> p95,
        Optional<Instant> lastGood,
        Optional<Failure> lastFailure,
        Circuit circuit,
        int underWay) {

    /** One failure: its class and its text. */
    public record Failure(ErrorClass errorClass, String text, Instant at) {}

    /** What kind of failure it was. */
    public enum ErrorClass {
        /** No answer in time. */
        TIMEOUT,
        /** No connection, or it broke, or the answer was no HTTP. */
        UNREACHABLE,
        /** The answer was longer than {@code JobPipeline.HTTPRequest.MaxSize}. */
        TOO_LARGE,
        /** The adapter answered with a failing status, in HTTP or in its body. */
        ADAPTER,
        /** It was not asked: too many requests were waiting for their turn. */
        BUSY,
        /** It was not asked: it is left alone after failures. */
        CIRCUIT_OPEN;

        /** The name in the API and in metrics: lower case. */
        public String externalName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the bridge is asked. */
    public enum Circuit {
        /** It is. */
        CLOSED,
        /** It is left alone for a while. */
        OPEN,
        /** One request tries whether it is back. */
        PROBING
    }
}
