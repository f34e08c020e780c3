package io.carabiner.values;

import io.carabiner.primitives.GoQuote;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads texts as Go's strconv and time packages do, with their messages. */
public final class GoNumbers {

    private static final Pattern SIGNED = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern UNSIGNED = Pattern.compile("[0-9]+");
    private static final Pattern DURATION_PART = Pattern.compile("([0-9]*)(?:(\\.)([0-9]*))?([^0-9.]*)");
    private static final int DIGITS_MAX = 400;

    private static final Map<String, Long> UNIT_NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private GoNumbers() {}

    /** {@code strconv.ParseInt} in base 10. */
    public static long parseInt(String text, int bits) {
        BigInteger value = digits(SIGNED, "ParseInt", text);
        if (value.bitLength() >= bits) {
            throw new TaskFailure(
                    "strconv.ParseInt: parsing " + GoQuote.quote(abbreviate(text)) + ": value out of range");
        }
        return value.longValue();
    }

    /** {@code strconv.ParseUint} in base 10, for up to 64 bits; the result may look negative in a long. */
    public static BigInteger parseUint(String text, int bits) {
        BigInteger value = digits(UNSIGNED, "ParseUint", text);
        if (value.bitLength() > bits) {
            throw new TaskFailure(
                    "strconv.ParseUint: parsing " + GoQuote.quote(abbreviate(text)) + ": value out of range");
        }
        return value;
    }

    private static BigInteger digits(Pattern form, String function, String text) {
        if (!form.matcher(text).matches()) {
            throw new TaskFailure(
                    "strconv." + function + ": parsing " + GoQuote.quote(abbreviate(text)) + ": invalid syntax");
        }
        return text.length() > DIGITS_MAX ? BigInteger.TEN.pow(DIGITS_MAX) : new BigInteger(text);
    }

    private static String abbreviate(String text) {
        return text.length() <= DIGITS_MAX ? text : text.substring(0, DIGITS_MAX) + "…";
    }

    /** {@code strconv.ParseBool}. */
    public static boolean parseBool(String text) {
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> true;
            case "0", "f", "F", "FALSE", "false", "False" -> false;
            default ->
                throw new TaskFailure(
                        "strconv.ParseBool: parsing " + GoQuote.quote(abbreviate(text)) + ": invalid syntax");
        };
    }

    /** {@code time.ParseDuration}: {@code 1h2m3.5s}, with a sign. */
    public static Duration parseDuration(String text) {
        String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Duration.ZERO;
        }
        if (rest.isEmpty()) {
            throw invalidDuration(text);
        }
        BigInteger nanos = BigInteger.ZERO;
        Matcher part = DURATION_PART.matcher(rest);
        for (int at = 0; at < rest.length(); at = part.end()) {
            part.region(at, rest.length());
            nanos = nanos.add(durationPart(text, part));
        }
        if (nanos.bitLength() >= Long.SIZE) {
            throw invalidDuration(text);
        }
        return Duration.ofNanos(text.startsWith("-") ? -nanos.longValue() : nanos.longValue());
    }

    private static BigInteger durationPart(String text, Matcher part) {
        if (!part.lookingAt() || part.end() == part.start()) {
            throw invalidDuration(text);
        }
        String whole = part.group(1);
        String fraction = part.group(3) == null ? "" : part.group(3);
        if ((whole.isEmpty() && fraction.isEmpty()) || whole.length() + fraction.length() > DIGITS_MAX) {
            throw invalidDuration(text);
        }
        String unit = part.group(4);
        if (unit.isEmpty()) {
            throw new TaskFailure("time: missing unit in duration " + GoQuote.quote(text));
        }
        Long scale = UNIT_NANOS.get(unit);
        if (scale == null) {
            throw new TaskFailure("time: unknown unit " + GoQuote.quote(unit) + " in duration " + GoQuote.quote(text));
        }
        BigInteger digits = new BigInteger("0" + whole + fraction).multiply(BigInteger.valueOf(scale));
        return digits.divide(BigInteger.TEN.pow(fraction.length()));
    }

    private static TaskFailure invalidDuration(String text) {
        return new TaskFailure("time: invalid duration " + GoQuote.quote(abbreviate(text)));
    }
}
