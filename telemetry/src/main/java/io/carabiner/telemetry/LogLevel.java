package io.carabiner.telemetry;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The levels of the Go node's log, lowest first. A level shows itself and all above it. */
public enum LogLevel {
    /** A developer follows each step. */
    DEBUG,
    /** What happened, when all is well. */
    INFO,
    /** What may need attention. */
    WARN,
    /** What went wrong and needs attention. */
    ERROR,
    /** What needs attention at once. */
    CRIT,
    /** Above everything that this node writes. */
    PANIC,
    /** Above everything that this node writes. */
    FATAL;

    /** The name as it stands in the configuration and in the log: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The level of that name, in either case. */
    public static Optional<LogLevel> parse(String text) {
        return Arrays.stream(values())
                .filter(level -> level.name().equalsIgnoreCase(text))
                .findFirst();
    }
}
