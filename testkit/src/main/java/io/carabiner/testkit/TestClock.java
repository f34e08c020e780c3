package io.carabiner.testkit;

import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A clock that moves only when a test says so. Threads that sleep on it wake when it has been moved far enough.
 *
 * <p>Safe for use by many threads.
 */
public final class TestClock implements TimeSource {

    /** Where {@link #TestClock()} begins. */
    public static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Long> sleepers = new ArrayList<>();
    private Instant wall;
    private long nanos;

    /** Begins at {@link #EPOCH}. */
    public TestClock() {
        this(EPOCH);
    }

    /** Begins at this instant; the monotonic clock begins at 0. */
    public TestClock(Instant start) {
        this.wall = start;
    }

    @Override
    public synchronized Instant now() {
        return wall;
    }

    @Override
    public synchronized long monotonicNanos() {
        return nanos;
    }

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
        Long until = Math.addExact(nanos, duration.toNanos());
        sleepers.add(until);
        notifyAll();
        try {
            while (nanos < until) {
                wait();
            }
        } finally {
            sleepers.remove(until);
            notifyAll();
        }
    }

    /** Moves both clocks forward and wakes who has slept long enough. */
    public synchronized void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("the monotonic clock cannot go back by " + duration);
        }
        nanos = Math.addExact(nanos, duration.toNanos());
        wall = wall.plus(duration);
        notifyAll();
    }

    /** Steps the wall clock, backwards too, as a time server does; the monotonic clock stays. */
    public synchronized void stepWall(Duration duration) {
        wall = wall.plus(duration);
    }

    /** Waits until at least this many threads sleep on this clock, so that a test advances it at the right moment. */
    public synchronized void awaitSleepers(int count) throws InterruptedException {
        while (sleepers.stream().filter(until -> until > nanos).count() < count) {
            wait();
        }
    }
}
