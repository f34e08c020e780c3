package io.carabiner.primitives;

/**
 * An account or contract on an EVM chain.
 *
 * <p>Instances are immutable and safe to share between threads.
 *
 * @param bytes exactly 20 bytes
 */
public record Address(Bytes bytes) implements Comparable<Address> {

    /** The length in bytes. */
    public static final int SIZE = 20;

    /** All bits zero. */
    public static final Address ZERO = new Address(Bytes.of(new byte[SIZE]));

    /** Checks the length. */
    public Address {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("an address has " + SIZE + " bytes, not " + bytes.size());
        }
    }

    /** From an array of exactly 20 bytes, which is copied. */
    public static Address of(byte[] content) {
        return new Address(Bytes.of(content));
    }

    /**
     * From hex in either case, with or without {@code 0x}.
     *
     * @throws IllegalArgumentException if the text is not hex of 20 bytes
     */
    public static Address fromHex(String text) {
        return new Address(Bytes.fromHex(text));
    }

    /** A copy as an array of 20 bytes. */
    public byte[] toArray() {
        return bytes.toArray();
    }

    @Override
    public int compareTo(Address other) {
        return bytes.compareTo(other.bytes);
    }

    /** {@code 0x} and lower-case hex; the checksummed form (EIP-55) is made by the room crypto. */
    @Override
    public String toString() {
        return bytes.toString();
    }
}
