package io.carabiner.devnet;

import io.carabiner.primitives.TimeSource;
import java.io.PrintStream;
import java.util.Locale;

/** Tells a person what is happening, a line a step with the seconds since the start. Safe for use by many threads. */
final class Progress {

    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintStream out;
    private final TimeSource time;
    private final long start;

    Progress(PrintStream out, TimeSource time) {
        this.out = out;
        this.time = time;
        this.start = time.monotonicNanos();
    }

    /** A step that is done. */
    synchronized void done(String what, String details) {
        out.printf(Locale.ROOT, "%6.1f s  %-10s %s%n", seconds(), what, details);
        out.flush();
    }

    /** Text as it is. */
    synchronized void say(String text) {
        out.println(text);
        out.flush();
    }

    double seconds() {
        return (time.monotonicNanos() - start) / NANOS_PER_SECOND;
    }
}
