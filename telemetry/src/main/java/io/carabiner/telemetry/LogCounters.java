package io.carabiner.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.EnumMap;
import java.util.Map;

/** Counts the messages of each level from warn on, under the Go node's names (Go node 2.15, core/logger). */
final class LogCounters extends AppenderBase<ILoggingEvent> {

    private final Map<LogLevel, Counter.Cell> counters = new EnumMap<>(LogLevel.class);

    LogCounters(Metrics metrics) {
        setName("counters");
        add(metrics, LogLevel.WARN, "log_warn_count", "Number of warning messages in log");
        add(metrics, LogLevel.ERROR, "log_error_count", "Number of error messages in log");
        add(metrics, LogLevel.CRIT, "log_critical_count", "Number of critical messages in log");
        add(metrics, LogLevel.PANIC, "log_panic_count", "Number of panic messages in log");
        add(metrics, LogLevel.FATAL, "log_fatal_count", "Number of fatal messages in log");
    }

    private void add(Metrics metrics, LogLevel level, String name, String help) {
        counters.put(level, metrics.counter(name, help).labels());
    }

    @Override
    protected void append(ILoggingEvent event) {
        Counter.Cell counter = counters.get(LogRecord.levelOf(event));
        if (counter != null) {
            counter.increment();
        }
    }
}
