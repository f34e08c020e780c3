package io.carabiner.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Lets a message through when its level is high enough; the level may change while the node runs. */
final class ConsoleThreshold extends Filter<ILoggingEvent> {

    private volatile LogLevel level;

    ConsoleThreshold(LogLevel level) {
        this.level = level;
    }

    LogLevel level() {
        return level;
    }

    void level(LogLevel newLevel) {
        this.level = newLevel;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return LogRecord.levelOf(event).compareTo(level) >= 0 ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
}
