package io.carabiner.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One message, taken apart for writing, with credentials masked.
 *
 * @param timestamp ISO 8601 with milliseconds and zone, or seconds since 1970 as a decimal number
 * @param logger the dotted name of the part of the node, empty for the node itself
 * @param caller file and line of the code that had something to say, empty if unknown
 * @param fields values are numbers, booleans, lists, null, or text
 * @param stackTrace empty below error and where there is no cause
 */
record LogRecord(
        LogLevel level,
        String timestamp,
        String logger,
        String caller,
        String message,
        Map<String, @Nullable Object> fields,
        String stackTrace) {

    static LogRecord of(ILoggingEvent event, Timestamps timestamps) {
        LinkedHashMap<String, @Nullable Object> fields = fieldsOf(event);
        Object caller = fields.remove(OperatorLog.CALLER);
        IThrowableProxy cause = event.getThrowableProxy();
        if (cause != null) {
            fields.put("err", UrlMask.mask(describe(cause)));
        }
        return new LogRecord(
                levelOf(event),
                timestamps.format(event.getInstant()),
                loggerOf(event),
                caller == null ? "" : caller.toString(),
                UrlMask.mask(event.getFormattedMessage()),
                fields,
                stackTrace(event, cause));
    }

    static LogLevel levelOf(ILoggingEvent event) {
        return switch (event.getLevel().toInt()) {
            case Level.ERROR_INT -> isCritical(event) ? LogLevel.CRIT : LogLevel.ERROR;
            case Level.WARN_INT -> LogLevel.WARN;
            case Level.INFO_INT -> LogLevel.INFO;
            default -> LogLevel.DEBUG;
        };
    }

    private static boolean isCritical(ILoggingEvent event) {
        return event.getMarkerList() != null && event.getMarkerList().contains(OperatorLog.CRITICAL);
    }

    private static String loggerOf(ILoggingEvent event) {
        String name = event.getLoggerName();
        if (name.equals(Logging.OWN_LOGGERS)) {
            return "";
        }
        String own = Logging.OWN_LOGGERS + ".";
        return name.startsWith(own) ? name.substring(own.length()) : name;
    }

    private static LinkedHashMap<String, @Nullable Object> fieldsOf(ILoggingEvent event) {
        LinkedHashMap<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                fields.put(pair.key, plain(pair.value));
            }
        }
        return fields;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Number number -> number;
            case Boolean flag -> flag;
            case Iterable<?> list -> plainList(list);
            default -> UrlMask.mask(value.toString());
        };
    }

    private static List<String> plainList(Iterable<?> values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(value -> UrlMask.mask(String.valueOf(value)))
                .toList();
    }

    /** The causes in one line, outermost first. */
    private static String describe(IThrowableProxy cause) {
        String own = cause.getMessage() == null ? cause.getClassName() : cause.getMessage();
        IThrowableProxy inner = cause.getCause();
        return inner == null || inner == cause || own.contains(String.valueOf(inner.getMessage()))
                ? own
                : own + ": " + describe(inner);
    }

    private static String stackTrace(ILoggingEvent event, @Nullable IThrowableProxy cause) {
        return cause != null && event.getLevel().isGreaterOrEqual(Level.ERROR)
                ? UrlMask.mask(ThrowableProxyUtil.asString(cause).stripTrailing())
                : "";
    }
}
