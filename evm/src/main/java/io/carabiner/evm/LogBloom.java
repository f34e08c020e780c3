package io.carabiner.evm;

import io.carabiner.crypto.Keccak256;
import io.carabiner.primitives.Bytes;

/** The bloom filter of a block header over the addresses and topics of its logs (Yellow Paper 4.3.1): pure. */
final class LogBloom {

    static final int SIZE = 256;
    private static final int BITS_MASK = SIZE * 8 - 1;

    private LogBloom() {}

    /** Whether the chain fills blooms in, as far as this one tells; zeros say nothing. */
    static boolean isFilled(Bytes bloom) {
        if (bloom.size() != SIZE) {
            return false;
        }
        for (int i = 0; i < SIZE; i++) {
            if (bloom.at(i) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the block may hold an event that the filter wants; true is a guess, false is certain. */
    static boolean mayHold(Bytes bloom, LogFilter filter) {
        return filter.addresses().stream().anyMatch(address -> has(bloom, address.bytes()))
                && filter.topics().stream()
                        .allMatch(wanted ->
                                wanted.isEmpty() || wanted.stream().anyMatch(topic -> has(bloom, topic.bytes())));
    }

    static boolean has(Bytes bloom, Bytes value) {
        byte[] hash = Keccak256.hash(value.toArray()).toArray();
        for (int pair = 0; pair < 6; pair += 2) {
            int bit = (((hash[pair] & 0xff) << 8) | (hash[pair + 1] & 0xff)) & BITS_MASK;
            if ((bloom.at(SIZE - 1 - bit / 8) & (1 << (bit % 8))) == 0) {
                return false;
            }
        }
        return true;
    }
}
