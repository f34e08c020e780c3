package io.carabiner.fluxmonitor;

import io.carabiner.crypto.Keccak256;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** ABI words: what a call sends, and what a contract answers, each value in 32 bytes. */
final class Words {

    private static final int SIZE = 32;
    private static final int SELECTOR_SIZE = 4;
    private static final byte MINUS = (byte) 0xff;

    /** The most elements of a list that are read: a FluxAggregator has at most 77 oracles. */
    private static final int ITEMS_MAX = 256;

    private final Bytes data;

    private Words(Bytes data) {
        this.data = data;
    }

    /**
     * What a contract answered.
     *
     * @param method for the fault's text
     * @param count the least number of words
     * @throws FeedException if it is shorter, or empty because there is no contract
     */
    static Words of(Bytes data, String method, int count) {
        if (data.isEmpty()) {
            throw FeedException.noCode();
        }
        if (data.size() < count * SIZE) {
            throw FeedException.answer(method, "has " + data.size() + " bytes, less than " + count + " words");
        }
        return new Words(data);
    }

    /** The data of a call. */
    static Bytes call(String signature, Bytes... words) {
        Bytes data = Keccak256.hashText(signature).bytes().slice(0, SELECTOR_SIZE);
        for (Bytes word : words) {
            data = data.concat(word);
        }
        return data;
    }

    /** A number of 256 bits, in two's complement. */
    static Bytes word(BigInteger number) {
        byte[] digits = number.toByteArray();
        byte[] word = new byte[SIZE];
        Arrays.fill(word, number.signum() < 0 ? MINUS : 0);
        System.arraycopy(digits, 0, word, SIZE - digits.length, digits.length);
        return Bytes.of(word);
    }

    static Bytes word(Address address) {
        return Bytes.of(new byte[SIZE - Address.SIZE]).concat(address.bytes());
    }

    Bytes at(int index) {
        return data.slice(index * SIZE, (index + 1) * SIZE);
    }

    BigInteger signed(int index) {
        return new BigInteger(at(index).toArray());
    }

    BigInteger unsigned(int index) {
        return new BigInteger(1, at(index).toArray());
    }

    boolean bool(int index) {
        return unsigned(index).signum() != 0;
    }

    /** An unsigned number that the ABI limits to these bits; at most 63. */
    long unsigned(int index, int bits, String method) {
        BigInteger number = unsigned(index);
        if (number.bitLength() > bits) {
            throw FeedException.answer(method, "holds " + number + ", more than " + bits + " bits");
        }
        return number.longValueExact();
    }

    /** The words of the one dynamic list that a contract answered. */
    List<Bytes> list(String method) {
        long offset = unsigned(0, Integer.SIZE - 1, method);
        if (offset % SIZE != 0 || offset + SIZE > data.size()) {
            throw FeedException.answer(method, "has its list at " + offset + ", outside");
        }
        int first = (int) (offset / SIZE) + 1;
        long length = unsigned(first - 1, Integer.SIZE - 1, method);
        if (length > ITEMS_MAX || (first + length) * SIZE > data.size()) {
            throw FeedException.answer(method, "has a list of " + length + " in " + data.size() + " bytes");
        }
        List<Bytes> items = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            items.add(at(first + i));
        }
        return items;
    }

    static Address address(Bytes word) {
        return new Address(word.slice(SIZE - Address.SIZE, SIZE));
    }

    static Address address(Hash32 topic) {
        return address(topic.bytes());
    }

    static BigInteger unsigned(Hash32 topic) {
        return new BigInteger(1, topic.toArray());
    }
}
