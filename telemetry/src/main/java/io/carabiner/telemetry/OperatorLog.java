package io.carabiner.telemetry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes the messages an operator reads: each with a stable code, a level, and fields instead of text with numbers in
 * it. Rooms do not use this directly but the class of their area ({@link EvmMessages}, {@link TxmMessages}, …), where
 * every message is one method; so all that the node can say stands in one place.
 *
 * <p>Thread-safe. Credentials in URLs are masked when the message is written.
 */
public final class OperatorLog {

    /** The level between error and panic that the Go node calls {@code crit}. */
    static final Marker CRITICAL = MarkerFactory.getMarker("CRITICAL");

    static final String CODE = "code";
    static final String CALLER = "caller";

    private static final StackWalker STACK = StackWalker.getInstance();
    private static final String OWN_PACKAGE = OperatorLog.class.getPackageName() + ".";

    private final Logger logger;

    private OperatorLog(Logger logger) {
        this.logger = logger;
    }

    /**
     * The log of one part of the node.
     *
     * @param goStyleName the Go node's logger name, dotted: {@code EVM.1337.Txm}; empty for the node itself
     */
    public static OperatorLog named(String goStyleName) {
        String suffix = goStyleName.isEmpty() ? "" : "." + goStyleName;
        return new OperatorLog(LoggerFactory.getLogger(Logging.OWN_LOGGERS + suffix));
    }

    /**
     * One named value of a message.
     *
     * @param name lowerCamel, the Go node's word where it has one
     * @param value a number, a boolean, a list, or anything else, which is then shown as its text
     */
    public record Field(String name, @Nullable Object value) {}

    /** A field. */
    public static Field field(String name, @Nullable Object value) {
        return new Field(name, value);
    }

    /** What a developer needs to follow the node's steps. */
    public void debug(String code, String message, Field... fields) {
        write(logger.atDebug(), Level.DEBUG, code, message, null, fields);
    }

    /** What happened, when all is well. */
    public void info(String code, String message, Field... fields) {
        write(logger.atInfo(), Level.INFO, code, message, null, fields);
    }

    /** What may need attention. */
    public void warn(String code, String message, Field... fields) {
        write(logger.atWarn(), Level.WARN, code, message, null, fields);
    }

    /** What may need attention, and what caused it. */
    public void warn(String code, String message, @Nullable Throwable cause, Field... fields) {
        write(logger.atWarn(), Level.WARN, code, message, cause, fields);
    }

    /** What went wrong and needs attention. */
    public void error(String code, String message, Field... fields) {
        write(logger.atError(), Level.ERROR, code, message, null, fields);
    }

    /** What went wrong and needs attention, and what caused it. */
    public void error(String code, String message, @Nullable Throwable cause, Field... fields) {
        write(logger.atError(), Level.ERROR, code, message, cause, fields);
    }

    /** What needs attention at once: the node cannot do its work. */
    public void critical(String code, String message, Field... fields) {
        write(logger.atError().addMarker(CRITICAL), Level.ERROR, code, message, null, fields);
    }

    /** What needs attention at once, and what caused it. */
    public void critical(String code, String message, @Nullable Throwable cause, Field... fields) {
        write(logger.atError().addMarker(CRITICAL), Level.ERROR, code, message, cause, fields);
    }

    private void write(
            LoggingEventBuilder event,
            Level level,
            String code,
            String message,
            @Nullable Throwable cause,
            Field... fields) {
        if (!logger.isEnabledForLevel(level)) {
            return;
        }
        LoggingEventBuilder filled = event.addKeyValue(CALLER, caller()).addKeyValue(CODE, code);
        for (Field field : fields) {
            filled = filled.addKeyValue(field.name(), field.value());
        }
        filled.setCause(cause).log(message);
    }

    /** The code that had something to say, such as {@code txm/Broadcaster.java:120}. */
    private static String caller() {
        return STACK.walk(frames -> frames.filter(frame -> !isMessageClass(frame.getClassName()))
                .findFirst()
                .map(OperatorLog::place)
                .orElse(""));
    }

    private static boolean isMessageClass(String className) {
        return className.startsWith(OWN_PACKAGE)
                && (className.endsWith("Messages") || className.equals(OperatorLog.class.getName()));
    }

    private static String place(StackWalker.StackFrame frame) {
        String className = frame.getClassName();
        String inPackage = className.substring(0, Math.max(0, className.lastIndexOf('.')));
        String room = inPackage.substring(inPackage.lastIndexOf('.') + 1);
        return room + "/" + frame.getFileName() + ":" + frame.getLineNumber();
    }
}
