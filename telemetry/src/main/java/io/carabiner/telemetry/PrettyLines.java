package io.carabiner.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of text a message, in the Go node's columns: time, level (8), message (50), caller (32), then the fields
 * sorted by name. Line breaks inside are escaped, so that nobody can forge a line; only a stack trace follows on lines
 * of its own, indented.
 */
final class PrettyLines extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};
    private static final String RESET = "\u001b[0m";
    private static final String GREEN = "\u001b[32m";

    private final String version;
    private final Timestamps timestamps;
    private final boolean colour;

    PrettyLines(String version, Timestamps timestamps, boolean colour) {
        this.version = version;
        this.timestamps = timestamps;
        this.colour = colour;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        LogRecord record = LogRecord.of(event, timestamps);
        StringBuilder line = new StringBuilder(256)
                .append(record.timestamp())
                .append(' ')
                .append(painted(colourOf(record.level()), "%-8s".formatted("[" + record.level() + "]")))
                .append("%-50s ".formatted(escape(record.message())))
                .append(painted(GREEN, "%-32s".formatted(record.caller())))
                .append(' ');
        fields(record).forEach((name, value) -> line.append(painted(GREEN, name))
                .append('=')
                .append(escape(text(value)))
                .append(' '));
        line.append('\n');
        if (!record.stackTrace().isEmpty()) {
            line.append(record.stackTrace().indent(4));
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, @Nullable Object> fields(LogRecord record) {
        TreeMap<String, @Nullable Object> fields = new TreeMap<>(record.fields());
        if (!record.logger().isEmpty()) {
            fields.put("logger", record.logger());
        }
        if (!version.isEmpty()) {
            fields.put("version", version);
        }
        fields.values().removeIf(""::equals);
        return fields;
    }

    private static String text(@Nullable Object value) {
        return value instanceof Iterable<?> ? JsonMapper.shared().writeValueAsString(value) : String.valueOf(value);
    }

    private static String escape(String text) {
        return text.chars().noneMatch(Character::isISOControl)
                ? text
                : text.codePoints().mapToObj(PrettyLines::escape).collect(Collectors.joining());
    }

    private static String escape(int codePoint) {
        return switch (codePoint) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                Character.isISOControl(codePoint) ? "\\x%02x".formatted(codePoint) : Character.toString(codePoint);
        };
    }

    private String painted(String ansi, String text) {
        return colour ? ansi + text + RESET : text;
    }

    private static String colourOf(LogLevel level) {
        return switch (level) {
            case DEBUG -> GREEN;
            case INFO -> "\u001b[37m";
            case WARN -> "\u001b[33m";
            case ERROR -> "\u001b[31m";
            case CRIT, PANIC, FATAL -> "\u001b[1;31m";
        };
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
