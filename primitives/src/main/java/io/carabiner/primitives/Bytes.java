package io.carabiner.primitives;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * An immutable string of bytes. Compared by content, printed as {@code 0x} and lower-case hex.
 *
 * <p>Instances are safe to share between threads.
 */
public final class Bytes implements Comparable<Bytes> {

    /** No bytes at all; prints as {@code 0x}. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final HexFormat HEX = HexFormat.of();

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of the given array. */
    public static Bytes of(byte... content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    /**
     * Reads {@code 0x}-prefixed or bare hex of an even number of digits, in either case.
     *
     * @throws IllegalArgumentException if the text is not hex
     */
    public static Bytes fromHex(String text) {
        return new Bytes(decodeHex(text));
    }

    static byte[] decodeHex(String text) {
        String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
        try {
            return HEX.parseHex(digits.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not hex: \"" + abbreviate(text) + "\"", e);
        }
    }

    private static String abbreviate(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /** How many bytes there are. */
    public int size() {
        return content.length;
    }

    /** Whether there is no byte. */
    public boolean isEmpty() {
        return content.length == 0;
    }

    /** The byte at a place, from 0. */
    public byte at(int index) {
        return content[index];
    }

    /** The bytes from {@code from}, inclusive, to {@code to}, exclusive. */
    public Bytes slice(int from, int to) {
        return new Bytes(Arrays.copyOfRange(content, from, checkedEnd(to)));
    }

    private int checkedEnd(int to) {
        if (to > content.length) {
            throw new IndexOutOfBoundsException("end " + to + " of " + content.length + " bytes");
        }
        return to;
    }

    /** These bytes with others behind them. */
    public Bytes concat(Bytes other) {
        byte[] joined = Arrays.copyOf(content, content.length + other.content.length);
        System.arraycopy(other.content, 0, joined, content.length, other.content.length);
        return new Bytes(joined);
    }

    /** A copy as an array. */
    public byte[] toArray() {
        return content.clone();
    }

    /** Lower-case hex without a prefix. */
    public String toBareHex() {
        return HEX.formatHex(content);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** {@code 0x} and lower-case hex. */
    @Override
    public String toString() {
        return "0x" + toBareHex();
    }
}
