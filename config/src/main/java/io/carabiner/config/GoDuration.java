package io.carabiner.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 1h2m3.5s}, {@code 500ms}, {@code 0s}. */
public final class GoDuration {

    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([^\\d.]*)");

    private GoDuration() {}

    static Object parse(String text) throws BadValueException {
        String body = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
        if (body.equals("0")) {
            return Duration.ZERO;
        }
        BigDecimal nanos = sum(text, body);
        if (text.startsWith("-") && nanos.signum() != 0) {
            throw new BadValueException("cannot make negative time duration: " + text);
        }
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw invalid(text);
        }
        return Duration.ofNanos(nanos.longValue());
    }

    private static BigDecimal sum(String text, String body) throws BadValueException {
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(body);
        int end = 0;
        while (end < body.length() && part.find(end) && part.start() == end) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit(text, part.group(2)))));
            end = part.end();
        }
        if (body.isEmpty() || end < body.length()) {
            throw invalid(text);
        }
        return nanos;
    }

    private static long unit(String text, String name) throws BadValueException {
        if (name.isEmpty()) {
            throw new BadValueException("time: missing unit in duration \"" + text + "\"");
        }
        Long nanos = NANOS.get(name);
        if (nanos == null) {
            throw new BadValueException("time: unknown unit \"" + name + "\" in duration \"" + text + "\"");
        }
        return nanos;
    }

    private static BadValueException invalid(String text) {
        return new BadValueException("time: invalid duration \"" + text + "\"");
    }

    /** A duration of zero or more in Go's form. */
    public static String print(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos < 1_000_000_000L) {
            return printSmall(nanos);
        }
        long seconds = nanos / 1_000_000_000L;
        String rest = decimal(nanos % 60_000_000_000L, 9) + "s";
        if (seconds < 60) {
            return rest;
        }
        long minutes = seconds / 60;
        return minutes < 60 ? minutes + "m" + rest : minutes / 60 + "h" + minutes % 60 + "m" + rest;
    }

    private static String printSmall(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        return nanos < 1_000_000 ? decimal(nanos, 3) + "µs" : decimal(nanos, 6) + "ms";
    }

    private static String decimal(long value, int digits) {
        BigDecimal number = BigDecimal.valueOf(value, digits);
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
