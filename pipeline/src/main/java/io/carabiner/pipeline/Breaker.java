package io.carabiner.pipeline;

import java.time.Duration;

/**
 * Whether a bridge is asked: after so many failures in a row it is left alone for a while, then one request tries it.
 * Pure: each event gives the next state. Times are of the monotonic clock.
 */
sealed interface Breaker {

    /** Every request is let through; so many in a row have failed. */
    record Closed(int failures) implements Breaker {}

    /** None is let through until then. */
    record Open(long untilNanos) implements Breaker {}

    /** One request is under way that decides; no other is let through. */
    record Probing() implements Breaker {}

    static Breaker fresh() {
        return new Closed(0);
    }

    /** Whether a request that comes now is let through. */
    default boolean lets(long nowNanos) {
        return switch (this) {
            case Closed ignored -> true;
            case Open(long until) -> nowNanos - until >= 0;
            case Probing ignored -> false;
        };
    }

    /** After a request was let through. */
    default Breaker started() {
        return this instanceof Open ? new Probing() : this;
    }

    /** After a good answer. */
    default Breaker succeeded() {
        return new Closed(0);
    }

    /** After a failure. One that was on its way when the breaker opened changes nothing. */
    default Breaker failed(BridgeLimits limits, long nowNanos) {
        return switch (this) {
            case Closed(int failures) ->
                limits.failuresMax() > 0 && failures + 1 >= limits.failuresMax()
                        ? open(limits.pause(), nowNanos)
                        : new Closed(Math.min(failures + 1, Integer.MAX_VALUE - 1));
            case Open open -> open;
            case Probing ignored -> open(limits.pause(), nowNanos);
        };
    }

    private static Breaker open(Duration pause, long nowNanos) {
        return new Open(nowNanos + pause.toNanos());
    }
}
