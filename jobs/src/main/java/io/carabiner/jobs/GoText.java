package io.carabiner.jobs;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that the Go node's types read: durations, UUIDs, whole numbers, amounts of LINK. */
final class GoText {

    private static final Pattern DURATION_PART = Pattern.compile("([0-9]*\\.?[0-9]*)([a-zµμ]*)");

    private static final Map<String, BigDecimal> UNIT_NANOS = Map.of(
            "ns", BigDecimal.ONE,
            "us", new BigDecimal("1e3"),
            "µs", new BigDecimal("1e3"),
            "μs", new BigDecimal("1e3"),
            "ms", new BigDecimal("1e6"),
            "s", new BigDecimal("1e9"),
            "m", new BigDecimal("60e9"),
            "h", new BigDecimal("3600e9"));

    private static final BigDecimal JUELS_PER_LINK = new BigDecimal("1e18");

    private GoText() {}

    /**
     * Reads {@code 1h2m3.5s} with an optional sign.
     *
     * @throws IllegalArgumentException with the Go node's words
     */
    static Duration duration(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Duration.ZERO;
        }
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("time: invalid duration \"" + text + "\"");
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = DURATION_PART.matcher(rest);
        int at = 0;
        while (at < rest.length()) {
            part.region(at, rest.length()).lookingAt();
            nanos = nanos.add(partNanos(part.group(1), part.group(2), text));
            at = part.end();
        }
        return inRange(negative ? nanos.negate() : nanos, text);
    }

    private static BigDecimal partNanos(String number, String unit, String text) {
        if (number.isEmpty() || number.equals(".")) {
            throw new IllegalArgumentException("time: invalid duration \"" + text + "\"");
        }
        if (unit.isEmpty()) {
            throw new IllegalArgumentException("time: missing unit in duration \"" + text + "\"");
        }
        BigDecimal nanos = UNIT_NANOS.get(unit);
        if (nanos == null) {
            throw new IllegalArgumentException("time: unknown unit \"" + unit + "\" in duration \"" + text + "\"");
        }
        return new BigDecimal(number).multiply(nanos);
    }

    private static Duration inRange(BigDecimal nanos, String text) {
        if (nanos.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("time: invalid duration \"" + text + "\"");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    /**
     * Reads a UUID as the Go library does: with dashes, without, in braces, as a URN, in any case.
     *
     * @throws IllegalArgumentException with the Go node's words
     */
    static UUID uuid(String text) {
        String bare = text;
        if (text.length() == 45 && text.regionMatches(true, 0, "urn:uuid:", 0, 9)) {
            bare = text.substring(9);
        } else if (text.length() == 38) {
            bare = text.substring(1, 37);
        }
        if (bare.length() == 36) {
            if (!bare.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
                throw new IllegalArgumentException("invalid UUID format");
            }
            return UUID.fromString(bare);
        }
        if (bare.length() != 32) {
            throw new IllegalArgumentException("invalid UUID length: " + text.length());
        }
        if (!bare.matches("[0-9a-fA-F]{32}")) {
            throw new IllegalArgumentException("invalid UUID format");
        }
        BigInteger bits = new BigInteger(bare, 16);
        return new UUID(bits.shiftRight(64).longValue(), bits.longValue());
    }

    /** A whole number, decimal or with {@code 0x}. */
    static Optional<BigInteger> big(String text) {
        try {
            boolean hex = text.startsWith("0x") || text.startsWith("0X");
            return Optional.of(hex ? new BigInteger(text.substring(2), 16) : new BigInteger(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A whole number of juels, or an amount with the unit {@code link} or {@code juels}. */
    static Optional<BigInteger> juels(String text) {
        try {
            if (text.endsWith(" link")) {
                return Optional.of(new BigDecimal(text.substring(0, text.length() - 5))
                        .multiply(JUELS_PER_LINK)
                        .toBigIntegerExact());
            }
            String number = text.endsWith(" juels") ? text.substring(0, text.length() - 6) : text;
            return Optional.of(new BigInteger(number));
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
