package io.carabiner.jobs.cron;

import java.util.List;
import java.util.Locale;

/**
 * Reads one field: parts with commas between, each {@code *}, {@code ?}, a value or a range, and a step behind a slash.
 *
 * @param min the least value
 * @param max the greatest value
 * @param names of the values from the least on, lower case
 */
record FieldParser(int min, int max, List<String> names) {

    private record Range(int start, int end, boolean any) {}

    CronField parse(String text) {
        long bits = 0;
        boolean any = false;
        for (String part : text.split(",", -1)) {
            if (!part.isEmpty()) {
                CronField field = part(part);
                bits |= field.bits();
                any |= field.any();
            }
        }
        if (bits == 0) {
            throw new IllegalArgumentException("no value in the field: " + text);
        }
        return new CronField(bits, any);
    }

    private CronField part(String text) {
        String[] rangeAndStep = text.split("/", -1);
        if (rangeAndStep.length > 2) {
            throw new IllegalArgumentException("too many slashes: " + text);
        }
        Range range = range(rangeAndStep[0], text);
        int step = rangeAndStep.length == 1 ? 1 : number(rangeAndStep[1], text);
        boolean openEnd = rangeAndStep.length == 2 && !range.any() && !rangeAndStep[0].contains("-");
        int end = openEnd ? max : range.end();
        check(range.start(), end, step, text);
        return new CronField(bits(range.start(), end, step), range.any() && step == 1);
    }

    private Range range(String text, String part) {
        String[] ends = text.split("-", -1);
        if (ends[0].equals("*") || ends[0].equals("?")) {
            return new Range(min, max, true);
        }
        int start = value(ends[0], part);
        return switch (ends.length) {
            case 1 -> new Range(start, start, false);
            case 2 -> new Range(start, value(ends[1], part), false);
            default -> throw new IllegalArgumentException("too many hyphens: " + part);
        };
    }

    private int value(String text, String part) {
        int name = names.indexOf(text.toLowerCase(Locale.ROOT));
        return name < 0 ? number(text, part) : min + name;
    }

    private static int number(String text, String part) {
        try {
            int number = Integer.parseInt(text);
            if (number < 0) {
                throw new IllegalArgumentException("negative number (" + number + ") not allowed: " + part);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "failed to parse int from " + part + ": strconv.Atoi: parsing \"" + text + "\": invalid syntax", e);
        }
    }

    private void check(int start, int end, int step, String text) {
        if (start < min) {
            throw new IllegalArgumentException(
                    "beginning of range (" + start + ") below minimum (" + min + "): " + text);
        }
        if (end > max) {
            throw new IllegalArgumentException("end of range (" + end + ") above maximum (" + max + "): " + text);
        }
        if (start > end) {
            throw new IllegalArgumentException(
                    "beginning of range (" + start + ") beyond end of range (" + end + "): " + text);
        }
        if (step == 0) {
            throw new IllegalArgumentException("step of range should be a positive number: " + text);
        }
    }

    private static long bits(int start, int end, int step) {
        long bits = 0;
        for (long value = start; value <= end; value += step) {
            bits |= 1L << value;
        }
        return bits;
    }
}
