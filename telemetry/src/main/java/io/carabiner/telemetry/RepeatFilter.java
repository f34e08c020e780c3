package io.carabiner.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.event.KeyValuePair;

/**
 * Keeps the console readable when something stays broken: the same warning or error is shown once a minute, with how
 * often it was not shown in {@code repeated}. What needs attention at once ({@code crit}) is always shown, and the log
 * file has everything.
 */
final class RepeatFilter extends Filter<ILoggingEvent> {

    static final Duration AGAIN = Duration.ofMinutes(1);

    private static final String REPEATED = "repeated";

    /** Fields that differ from one time to the next although the trouble is the same. */
    private static final Set<String> CHANGING =
            Set.of(OperatorLog.CALLER, "err", "reason", "tryCount", "count", "attempt", REPEATED);

    private final Repeats repeats;

    RepeatFilter(TimeSource time) {
        this.repeats = new Repeats(time, AGAIN);
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (!event.getLevel().isGreaterOrEqual(Level.WARN) || isCritical(event)) {
            return FilterReply.NEUTRAL;
        }
        OptionalInt kept = repeats.tell(topic(event));
        if (kept.isEmpty()) {
            return FilterReply.DENY;
        }
        if (kept.getAsInt() > 0 && event instanceof LoggingEvent own) {
            own.addKeyValuePair(new KeyValuePair(REPEATED, kept.getAsInt()));
        }
        return FilterReply.NEUTRAL;
    }

    private static boolean isCritical(ILoggingEvent event) {
        return event.getMarkerList() != null && event.getMarkerList().contains(OperatorLog.CRITICAL);
    }

    private static String topic(ILoggingEvent event) {
        List<KeyValuePair> fields = Objects.requireNonNullElse(event.getKeyValuePairs(), List.of());
        return event.getLoggerName()
                + ' '
                + event.getFormattedMessage()
                + ' '
                + fields.stream()
                        .filter(field -> !CHANGING.contains(field.key))
                        .map(field -> field.key + '=' + field.value)
                        .collect(Collectors.joining(" "));
    }
}
