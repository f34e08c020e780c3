package io.carabiner.fluxmonitor;

import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.time.Instant;

/**
 * One point in time on both clocks: what the chain says is on the wall clock, what is waited for on the monotonic one.
 *
 * @param nanos of the monotonic clock
 */
record Moment(Instant wall, long nanos) {

    /** The furthest deadline; what a contract says beyond it changes nothing for a running node. */
    private static final Duration FAR = Duration.ofDays(3650);

    static Moment now(TimeSource time) {
        return new Moment(time.now(), time.monotonicNanos());
    }

    /** The monotonic deadline after a wait. */
    long after(Duration wait) {
        return nanos + (wait.compareTo(FAR) < 0 ? wait : FAR).toNanos();
    }

    /** How long until a time that the chain gave in seconds since 1970; zero or less if it is over. */
    Duration until(long epochSeconds) {
        long seconds = Math.min(epochSeconds - wall.getEpochSecond(), FAR.toSeconds());
        return Duration.ofSeconds(seconds).minusNanos(wall.getNano());
    }
}
