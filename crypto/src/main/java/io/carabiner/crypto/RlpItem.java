package io.carabiner.crypto;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** What RLP can say: a string of bytes, or a list of items. Immutable. */
public sealed interface RlpItem {

    /** A string of bytes, which also stands for a number (big-endian, no leading zero; zero is empty). */
    record Text(Bytes bytes) implements RlpItem {

        /**
         * Read as a number.
         *
         * @throws IllegalArgumentException if it has a leading zero, which no number has
         */
        public BigInteger toNumber() {
            if (!bytes.isEmpty() && bytes.at(0) == 0) {
                throw new IllegalArgumentException("an RLP number has no leading zero");
            }
            return new BigInteger(1, bytes.toArray());
        }
    }

    /** Items in order. */
    record Sequence(List<RlpItem> items) implements RlpItem {

        /** Copies the list. */
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Bytes as they are. */
    static RlpItem of(Bytes bytes) {
        return new Text(bytes);
    }

    /** The 20 bytes of an address. */
    static RlpItem of(Address address) {
        return new Text(address.bytes());
    }

    /** A number of 0 or more. */
    static RlpItem of(long number) {
        return of(BigInteger.valueOf(number));
    }

    /** A number of 0 or more. */
    static RlpItem of(BigInteger number) {
        if (number.signum() < 0) {
            throw new IllegalArgumentException("RLP knows no negative number: " + number);
        }
        byte[] digits = number.toByteArray();
        return new Text(Bytes.of(digits[0] == 0 ? Arrays.copyOfRange(digits, 1, digits.length) : digits));
    }

    /** A list of items. */
    static RlpItem list(RlpItem... items) {
        return new Sequence(List.of(items));
    }

    /** A list of items. */
    static RlpItem list(List<? extends RlpItem> items) {
        return new Sequence(List.copyOf(items));
    }
}
