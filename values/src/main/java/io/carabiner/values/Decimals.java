package io.carabiner.values;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Decimal numbers with the rules of the Go node's library: exact sums and products, quotients of 16 places rounded half
 * away from zero. A number is held as coefficient and exponent; one that would print more than
 * {@link #DIGITS_LIMIT} digits may be held, but no task may answer with it.
 */
public final class Decimals {

    /** How many digits the plain form of a number may have. */
    public static final int DIGITS_LIMIT = 10_000;

    /** Places after the point of a quotient. */
    public static final int DIVISION_PLACES = 16;

    private Decimals() {}

    /** The plain form without superfluous zeros; with an exponent where the plain form would be too long. */
    public static String plain(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return fits(stripped) ? stripped.toPlainString() : stripped.toString();
    }

    /** Whether the plain form has at most {@link #DIGITS_LIMIT} digits. */
    public static boolean fits(BigDecimal value) {
        if (value.signum() == 0) {
            return true;
        }
        long before = (long) value.precision() - value.scale();
        return Math.max(before, value.scale()) <= DIGITS_LIMIT && value.precision() <= DIGITS_LIMIT;
    }

    /**
     * Reads a number: sign, digits, point, exponent.
     *
     * @throws TaskFailure with the text of the Go node's library
     */
    static BigDecimal parse(String text) {
        int exponentAt = indexOfExponent(text);
        String mantissa = exponentAt < 0 ? text : text.substring(0, exponentAt);
        long exponent = exponentAt < 0 ? 0 : exponent(text, text.substring(exponentAt + 1));
        int point = mantissa.indexOf('.');
        if (point >= 0 && mantissa.indexOf('.', point + 1) >= 0) {
            throw TaskFailure.badInput("can't convert " + text + " to decimal: too many .s");
        }
        String digits = point < 0 ? mantissa : mantissa.substring(0, point) + mantissa.substring(point + 1);
        if (digits.length() > DIGITS_LIMIT) {
            throw TaskFailure.badInput("can't convert a text of " + text.length() + " characters to decimal");
        }
        checkDigits(digits, mantissa);
        long scale = (point < 0 ? 0 : mantissa.length() - point - 1) - exponent;
        if (scale != (int) scale || scale == Integer.MIN_VALUE) {
            throw TaskFailure.badInput("can't convert " + text + " to decimal: fractional part too long");
        }
        return new BigDecimal(new BigInteger(digits), (int) scale);
    }

    private static int indexOfExponent(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == 'e' || text.charAt(i) == 'E') {
                return i;
            }
        }
        return -1;
    }

    private static long exponent(String text, String digits) {
        try {
            long exponent = Long.parseLong(digits);
            if (exponent == (int) exponent && digits.chars().allMatch(Decimals::isAscii)) {
                return exponent;
            }
            throw TaskFailure.badInput("can't convert " + text + " to decimal: fractional part too long");
        } catch (NumberFormatException e) {
            throw TaskFailure.badInput("can't convert " + text + " to decimal: exponent is not numeric");
        }
    }

    private static boolean isAscii(int character) {
        return character < 0x80;
    }

    private static void checkDigits(String digits, String shown) {
        int start = digits.startsWith("-") || digits.startsWith("+") ? 1 : 0;
        boolean valid = digits.length() > start;
        for (int i = start; i < digits.length(); i++) {
            valid &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        if (!valid) {
            throw TaskFailure.badInput("can't convert " + shown + " to decimal");
        }
    }

    /** A quotient rounded half away from zero to so many places, which may be negative. */
    public static BigDecimal divide(BigDecimal dividend, BigDecimal divisor, int places) {
        return dividend.divide(divisor, places, RoundingMode.HALF_UP);
    }
}
