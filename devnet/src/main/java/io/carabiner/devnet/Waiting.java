package io.carabiner.devnet;

import io.carabiner.primitives.TimeSource;
import java.time.Duration;

/** Waiting that ends with the thread's interruption. */
final class Waiting {

    private Waiting() {}

    static void pause(TimeSource time, Duration duration) {
        try {
            time.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevnetException("INTERRUPTED", "Stopped while waiting.", e);
        }
    }
}
