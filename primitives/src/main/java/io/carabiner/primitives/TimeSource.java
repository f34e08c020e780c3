package io.carabiner.primitives;

import java.time.Duration;
import java.time.Instant;

/**
 * Where time comes from: the wall clock for what people read, the monotonic clock for what is measured, and waiting.
 *
 * <p>Everything that reads or waits for time takes one of these, so that a test can move time by hand.
 * Implementations are safe for use by many threads.
 */
public interface TimeSource {

    /** The wall clock. It may be stepped backwards or forwards; never measure with it. */
    Instant now();

    /** A monotonic count of nanoseconds from an arbitrary origin; only differences mean something. */
    long monotonicNanos();

    /**
     * Waits on the calling thread.
     *
     * @throws InterruptedException if the thread is told to stop while it waits
     */
    void sleep(Duration duration) throws InterruptedException;

    /** The machine's own clocks. */
    static TimeSource system() {
        return SystemTimeSource.INSTANCE;
    }
}
