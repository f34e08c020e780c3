package io.carabiner.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, as the configuration writes sizes: {@code 5120mb}, {@code 32768b}, {@code 1.5gb}; a kb is 1000
 * bytes.
 *
 * @param bytes 0 or more
 */
public record FileSize(long bytes) {

    private static final Pattern FORM = Pattern.compile("(\\d+\\.?\\d*)(tb|gb|mb|kb|b)?", Pattern.CASE_INSENSITIVE);
    private static final List<String> UNITS = List.of("b", "kb", "mb", "gb", "tb");
    private static final int STEP_POWER = 3;

    /** Checks that the size is not negative. */
    public FileSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is 0 bytes or more, not " + bytes);
        }
    }

    static Object parse(String text) throws BadValueException {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new BadValueException("bad filesize expression: \"" + text + "\"");
        }
        String unit = form.group(2) == null ? "b" : form.group(2).toLowerCase(Locale.ROOT);
        BigDecimal bytes = new BigDecimal(form.group(1)).scaleByPowerOfTen(STEP_POWER * UNITS.indexOf(unit));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new BadValueException("bad filesize expression: \"" + text + "\"");
        }
        return new FileSize(bytes.longValue());
    }

    /** In the largest unit that fits, with two decimals, as the Go node prints it. */
    String text() {
        for (int i = UNITS.size() - 1; i > 0; i--) {
            BigDecimal amount = BigDecimal.valueOf(bytes).scaleByPowerOfTen(-STEP_POWER * i);
            if (amount.compareTo(BigDecimal.ONE) >= 0) {
                return String.format(Locale.ROOT, "%.2f%s", amount, UNITS.get(i));
            }
        }
        return bytes + "b";
    }
}
