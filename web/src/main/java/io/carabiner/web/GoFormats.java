package io.carabiner.web;

import io.carabiner.primitives.Wei;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Set;

/** Values as the Go node's API writes and reads them. Pure. */
final class GoFormats {

    private static final DateTimeFormatter RFC_3339_NANO = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

    private GoFormats() {}

    /** RFC 3339 in UTC with as many digits of the second as needed. */
    static String time(Instant time) {
        return RFC_3339_NANO.format(time);
    }

    /** {@code 1h2m3.5s}, {@code 444ms}, {@code 0s}. */
    static String duration(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        Duration size = duration.abs();
        String text = size.compareTo(Duration.ofSeconds(1)) < 0 ? belowASecond(size) : hours(size);
        return duration.isNegative() ? "-" + text : text;
    }

    private static String belowASecond(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        return nanos < 1_000_000 ? decimal(nanos, 3) + "µs" : decimal(nanos, 6) + "ms";
    }

    private static String hours(Duration duration) {
        long minutes = duration.toMinutes();
        String seconds = decimal(duration.minusMinutes(minutes).toNanos(), 9) + "s";
        if (minutes == 0) {
            return seconds;
        }
        return minutes < 60 ? minutes + "m" + seconds : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
    }

    private static String decimal(long value, int places) {
        return BigDecimal.valueOf(value, places).stripTrailingZeros().toPlainString();
    }

    /** An amount of wei as ether with 18 digits behind the point. */
    static String ether(Wei amount) {
        return new BigDecimal(amount.amount(), 18).toPlainString();
    }

    /**
     * A whole number, as {@code strconv.ParseInt} reads it.
     *
     * @throws WebException 422 with the text of Go's error
     */
    static int int32(String text) {
        if (!text.matches("[+-]?\\d+")) {
            throw WebException.refused(422, "strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw WebException.refused(422, "strconv.ParseInt: parsing \"" + text + "\": value out of range");
        }
    }

    /** As {@link #int32}, with 64 bits. */
    static long int64(String text) {
        if (!text.matches("[+-]?\\d+")) {
            throw WebException.refused(422, "strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw WebException.refused(422, "strconv.ParseInt: parsing \"" + text + "\": value out of range");
        }
    }

    /**
     * A truth value, as {@code strconv.ParseBool} reads it.
     *
     * @param prefix of the error's text
     * @throws WebException 400
     */
    static boolean bool(String text, String prefix) {
        if (TRUE.contains(text)) {
            return true;
        }
        if (FALSE.contains(text)) {
            return false;
        }
        throw WebException.refused(400, prefix + "strconv.ParseBool: parsing \"" + text + "\": invalid syntax");
    }
}
