package io.carabiner.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.carabiner.primitives.TimeSource;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the log goes and how it looks: standard error, one line a message, pretty or JSON as the Go node writes it
 * (Go node 2.15, core/logger), and a file that always has everything from debug on.
 *
 * <p>There is one per process. Configuring again replaces what was; changing the level takes effect at once. Messages
 * of libraries are shown from warn on. Thread-safe.
 */
public final class Logging {

    /** All loggers of this program are below this one. */
    static final String OWN_LOGGERS = "carabiner";

    /** Libraries that log a fault and throw it as well: who catches it tells the operator, once. */
    private static final List<String> TALKERS = List.of("io.javalin.Javalin");

    private final ConsoleThreshold threshold;

    private Logging(ConsoleThreshold threshold) {
        this.threshold = threshold;
    }

    /**
     * How to write the log.
     *
     * @param level the lowest level that the console shows
     * @param json one JSON object a line instead of text
     * @param unixTimestamps seconds since 1970 with a fraction instead of ISO 8601
     * @param colour ANSI colours for the text form; see {@link #errorOutputIsTerminal}
     * @param version what every record names as its version: {@code 0.1.0@abcdef1}
     * @param file where the file goes, empty for none
     */
    public record Settings(
            LogLevel level,
            boolean json,
            boolean unixTimestamps,
            boolean colour,
            String version,
            Optional<LogFile> file) {}

    /**
     * The log file: {@code chainlink_debug.log}, replaced when it is full.
     *
     * @param directory where it lies; made if absent
     * @param maxSizeBytes from this size on it is put aside
     * @param maxAgeDays full files older than this are deleted; 0 keeps them
     * @param maxBackups so many full files are kept; 0 keeps all
     */
    public record LogFile(Path directory, long maxSizeBytes, long maxAgeDays, long maxBackups) {}

    /** Sets the log up, and counts its warnings and errors in {@code log_warn_count} and its siblings. */
    public static Logging configure(Settings settings, Metrics metrics) {
        return configure(settings, metrics, standardError());
    }

    /**
     * The same for a node inside another program, whose console is not the node's: what would stand on the console goes
     * to this file, which is replaced.
     */
    public static Logging configureInto(Path file, Settings settings, Metrics metrics) {
        FileAppender<ILoggingEvent> log = new FileAppender<>();
        log.setFile(file.toString());
        log.setAppend(false);
        return configure(settings, metrics, log);
    }

    private static Logging configure(Settings settings, Metrics metrics, OutputStreamAppender<ILoggingEvent> shown) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ConsoleThreshold threshold = new ConsoleThreshold(settings.level());
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        shown.addFilter(started(new RepeatFilter(TimeSource.system())));
        root.addAppender(show(context, shown, encoder(settings), threshold));
        root.addAppender(started(context, new LogCounters(metrics)));
        settings.file()
                .ifPresent(file ->
                        root.addAppender(started(context, new LogFileAppender(file, textWithoutColour(settings)))));
        context.getLogger(OWN_LOGGERS).setLevel(Level.DEBUG);
        TALKERS.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
        return new Logging(threshold);
    }

    /** Warnings and errors only, as text on standard error: for commands that are not the node. */
    static void configureQuietly(LoggerContext context) {
        Settings settings = new Settings(LogLevel.WARN, false, false, false, "", Optional.empty());
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(show(context, standardError(), encoder(settings), new ConsoleThreshold(LogLevel.WARN)));
    }

    /** The lowest level that the console shows. */
    public LogLevel level() {
        return threshold.level();
    }

    /** Changes the lowest level that the console shows, until the next start. */
    public void level(LogLevel level) {
        threshold.level(level);
    }

    /** Whether a person sees standard error, as far as that can be known. */
    public static boolean errorOutputIsTerminal() {
        Path standardError = Path.of("/proc/self/fd/2");
        if (Files.isSymbolicLink(standardError)) {
            return isTerminal(standardError);
        }
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    private static boolean isTerminal(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    private static Encoder<ILoggingEvent> encoder(Settings settings) {
        return settings.json()
                ? new JsonLines(settings.version(), Timestamps.of(settings))
                : new PrettyLines(settings.version(), Timestamps.of(settings), settings.colour());
    }

    /** The file is text even where the console is JSON: so it is with the Go node. */
    private static PrettyLines textWithoutColour(Settings settings) {
        return new PrettyLines(settings.version(), Timestamps.of(settings), false);
    }

    private static ConsoleAppender<ILoggingEvent> standardError() {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setTarget("System.err");
        return console;
    }

    private static Appender<ILoggingEvent> show(
            LoggerContext context,
            OutputStreamAppender<ILoggingEvent> appender,
            Encoder<ILoggingEvent> encoder,
            ConsoleThreshold threshold) {
        encoder.setContext(context);
        encoder.start();
        appender.setEncoder(encoder);
        appender.addFilter(threshold);
        threshold.start();
        return started(context, appender);
    }

    private static RepeatFilter started(RepeatFilter filter) {
        filter.start();
        return filter;
    }

    private static Appender<ILoggingEvent> started(LoggerContext context, Appender<ILoggingEvent> appender) {
        appender.setContext(context);
        appender.start();
        return appender;
    }
}
