package io.carabiner.node;

import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition in the world outside this process. */
final class Eventually {

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private Eventually() {}

    /**
     * Waits until it is so.
     *
     * @param what completes the sentence "not so after 20 s: …"
     * @param why tells what the failure message shall show beside it
     */
    static void until(String what, Duration within, BooleanSupplier so, Supplier<String> why) {
        value(what, within, () -> so.getAsBoolean() ? Optional.of(true) : Optional.empty(), why);
    }

    /** Waits until there is a value. */
    static <T> T value(String what, Duration within, Supplier<Optional<T>> look, Supplier<String> why) {
        TimeSource time = TimeSource.system();
        long deadline = time.monotonicNanos() + within.toNanos();
        Optional<T> found = look.get();
        while (found.isEmpty()) {
            if (time.monotonicNanos() > deadline) {
                throw new AssertionError(
                        "not so after " + within.toSeconds() + " s: " + what + System.lineSeparator() + why.get());
            }
            pause(time);
            found = look.get();
        }
        return found.get();
    }

    private static void pause(TimeSource time) {
        try {
            time.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
