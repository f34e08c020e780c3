package io.carabiner.web;

import java.util.List;

/**
 * Which part of a list is asked for.
 *
 * @param size 1 or more
 * @param number from 1
 */
record Page(int size, int number) {

    /** What a list gives when nothing is asked for. */
    static final int SIZE_DEFAULT = 25;

    /** What lists of jobs and runs give when nothing is asked for. */
    static final int SIZE_LARGE = 1000;

    /** No list gives more at once, whatever is asked for. */
    static final int SIZE_MAX = 10_000;

    /**
     * Reads {@code size} and {@code page}.
     *
     * @throws WebException 422 if one is not a number from 1
     */
    static Page of(Call call, int defaultSize) {
        int size = number(call, "size", defaultSize);
        return new Page(Math.min(size, SIZE_MAX), number(call, "page", 1));
    }

    private static int number(Call call, String name, int absent) {
        String text = call.query(name);
        if (text.isEmpty()) {
            return absent;
        }
        int number = parse(text, name);
        if (number < 1) {
            throw WebException.refused(422, "invalid " + name + " param, error: <nil>");
        }
        return number;
    }

    private static int parse(String text, String name) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            String why = text.matches("[+-]?\\d+") ? "value out of range" : "invalid syntax";
            throw WebException.refused(
                    422, "invalid " + name + " param, error: strconv.Atoi: parsing \"" + text + "\": " + why);
        }
    }

    /** The part of a list that is on this page; empty past its end. */
    <T> List<T> of(List<T> all) {
        int from = Math.min(offset(), all.size());
        return all.subList(from, (int) Math.min(all.size(), from + (long) size));
    }

    /** How many stand before this page; never beyond what an int can say. */
    int offset() {
        return (int) Math.min(Integer.MAX_VALUE, (number - 1L) * size);
    }
}
