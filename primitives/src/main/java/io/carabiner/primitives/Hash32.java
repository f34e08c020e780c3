package io.carabiner.primitives;

/**
 * A 32-byte hash: of a block, a transaction, an event signature, a job id as a topic.
 *
 * <p>Instances are immutable and safe to share between threads.
 *
 * @param bytes exactly 32 bytes
 */
public record Hash32(Bytes bytes) implements Comparable<Hash32> {

    /** The length in bytes. */
    public static final int SIZE = 32;

    /** All bits zero. */
    public static final Hash32 ZERO = new Hash32(Bytes.of(new byte[SIZE]));

    /** Checks the length. */
    public Hash32 {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a hash has " + SIZE + " bytes, not " + bytes.size());
        }
    }

    /** From an array of exactly 32 bytes, which is copied. */
    public static Hash32 of(byte[] content) {
        return new Hash32(Bytes.of(content));
    }

    /**
     * From hex in either case, with or without {@code 0x}.
     *
     * @throws IllegalArgumentException if the text is not hex of 32 bytes
     */
    public static Hash32 fromHex(String text) {
        return new Hash32(Bytes.fromHex(text));
    }

    /** A copy as an array of 32 bytes. */
    public byte[] toArray() {
        return bytes.toArray();
    }

    @Override
    public int compareTo(Hash32 other) {
        return bytes.compareTo(other.bytes);
    }

    /** {@code 0x} and lower-case hex. */
    @Override
    public String toString() {
        return bytes.toString();
    }
}
