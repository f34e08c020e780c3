package io.carabiner.outbound;

import io.carabiner.primitives.TimeSource;
import java.time.Duration;

/**
 * The moment by which something must have ended, on the monotonic clock.
 *
 * @param limited false if there is no such moment
 */
public record Deadline(TimeSource time, boolean limited, long atNanos) {

    /** No such moment. */
    public static Deadline none(TimeSource time) {
        return new Deadline(time, false, 0);
    }

    /** The earlier of this and so much from now; a duration of zero or less changes nothing. */
    public Deadline within(Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            return this;
        }
        long at = time.monotonicNanos() + Math.min(duration.toNanos(), Long.MAX_VALUE / 4);
        return limited && atNanos - at <= 0 ? this : new Deadline(time, true, at);
    }

    /** What is left: zero when it has passed, an hour where there is no limit. */
    public Duration left() {
        if (!limited) {
            return Duration.ofHours(1);
        }
        return Duration.ofNanos(Math.max(0, atNanos - time.monotonicNanos()));
    }

    /** Whether the moment is over. */
    public boolean passed() {
        return limited && atNanos - time.monotonicNanos() <= 0;
    }
}
