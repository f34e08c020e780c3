package io.carabiner.crypto;

import io.carabiner.primitives.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ethereum's Recursive Length Prefix encoding (Yellow Paper, appendix B). Stateless.
 *
 * <p>Reading is strict: only the one canonical form is accepted, as consensus demands.
 */
public final class Rlp {

    private static final int DEPTH_LIMIT = 64;
    private static final int SHORT_LIMIT = 55;
    private static final int TEXT_OFFSET = 0x80;
    private static final int SEQUENCE_OFFSET = 0xc0;
    private static final int SINGLE_BYTE_LIMIT = 0x80;

    private Rlp() {}

    /** The bytes of an item. */
    public static Bytes encode(RlpItem item) {
        byte[] target = new byte[encodedSize(item)];
        write(item, target, 0);
        return Bytes.of(target);
    }

    private static int encodedSize(RlpItem item) {
        return switch (item) {
            case RlpItem.Text text when isSingleByte(text) -> 1;
            case RlpItem.Text text -> withPrefix(text.bytes().size());
            case RlpItem.Sequence sequence -> withPrefix(contentSize(sequence));
        };
    }

    private static int contentSize(RlpItem.Sequence sequence) {
        int size = 0;
        for (RlpItem item : sequence.items()) {
            size = Math.addExact(size, encodedSize(item));
        }
        return size;
    }

    private static int withPrefix(int size) {
        return Math.addExact(size, size <= SHORT_LIMIT ? 1 : 1 + bytesOf(size));
    }

    private static int bytesOf(int number) {
        return (Integer.SIZE - Integer.numberOfLeadingZeros(number) + 7) / 8;
    }

    private static boolean isSingleByte(RlpItem.Text text) {
        return text.bytes().size() == 1 && text.bytes().at(0) >= 0;
    }

    private static int write(RlpItem item, byte[] target, int at) {
        return switch (item) {
            case RlpItem.Text text -> writeText(text, target, at);
            case RlpItem.Sequence sequence -> writeSequence(sequence, target, at);
        };
    }

    private static int writeText(RlpItem.Text text, byte[] target, int at) {
        byte[] content = text.bytes().toArray();
        int start = isSingleByte(text) ? at : writePrefix(TEXT_OFFSET, content.length, target, at);
        System.arraycopy(content, 0, target, start, content.length);
        return start + content.length;
    }

    private static int writeSequence(RlpItem.Sequence sequence, byte[] target, int at) {
        int next = writePrefix(SEQUENCE_OFFSET, contentSize(sequence), target, at);
        for (RlpItem item : sequence.items()) {
            next = write(item, target, next);
        }
        return next;
    }

    private static int writePrefix(int offset, int size, byte[] target, int at) {
        if (size <= SHORT_LIMIT) {
            target[at] = (byte) (offset + size);
            return at + 1;
        }
        int length = bytesOf(size);
        target[at] = (byte) (offset + SHORT_LIMIT + length);
        for (int i = 0; i < length; i++) {
            target[at + 1 + i] = (byte) (size >>> (8 * (length - 1 - i)));
        }
        return at + 1 + length;
    }

    /**
     * Reads exactly one item.
     *
     * @throws IllegalArgumentException if the bytes are not the canonical form of one item, or nest deeper than 64
     *     lists
     */
    public static RlpItem decode(Bytes encoded) {
        Reader reader = new Reader(encoded.toArray());
        RlpItem item = reader.item(encoded.size(), 0);
        if (reader.position != encoded.size()) {
            throw new IllegalArgumentException("bytes follow the RLP item at " + reader.position);
        }
        return item;
    }

    /** Walks over the bytes once. */
    private static final class Reader {

        private final byte[] content;
        private int position;

        Reader(byte[] content) {
            this.content = content;
        }

        RlpItem item(int end, int depth) {
            if (depth > DEPTH_LIMIT) {
                throw new IllegalArgumentException("RLP nests deeper than " + DEPTH_LIMIT + " lists");
            }
            int first = next(end);
            if (first < SINGLE_BYTE_LIMIT) {
                return new RlpItem.Text(Bytes.of((byte) first));
            }
            return first < SEQUENCE_OFFSET
                    ? text(size(first - TEXT_OFFSET, end))
                    : sequence(size(first - SEQUENCE_OFFSET, end), depth);
        }

        private RlpItem text(int size) {
            Bytes bytes = Bytes.of(Arrays.copyOfRange(content, position, position + size));
            position += size;
            RlpItem.Text text = new RlpItem.Text(bytes);
            if (isSingleByte(text)) {
                throw new IllegalArgumentException("a single RLP byte below 0x80 has no prefix");
            }
            return text;
        }

        private RlpItem sequence(int size, int depth) {
            int end = position + size;
            List<RlpItem> items = new ArrayList<>();
            while (position < end) {
                items.add(item(end, depth + 1));
            }
            return new RlpItem.Sequence(items);
        }

        private int size(int shortOrLength, int end) {
            long size = shortOrLength <= SHORT_LIMIT ? shortOrLength : longSize(shortOrLength - SHORT_LIMIT, end);
            if (size > end - position) {
                throw new IllegalArgumentException("RLP ends in the middle of an item at " + position);
            }
            return (int) size;
        }

        private long longSize(int length, int end) {
            long size = 0;
            for (int i = 0; i < length; i++) {
                int digit = next(end);
                if ((i == 0 && digit == 0) || size > Integer.MAX_VALUE) {
                    throw new IllegalArgumentException("not a canonical RLP length at " + position);
                }
                size = (size << 8) | digit;
            }
            if (size <= SHORT_LIMIT) {
                throw new IllegalArgumentException("not a canonical RLP length at " + position);
            }
            return size;
        }

        private int next(int end) {
            if (position >= end) {
                throw new IllegalArgumentException("RLP ends in the middle of an item at " + position);
            }
            return Byte.toUnsignedInt(content[position++]);
        }
    }
}
