package io.carabiner.simulation;

import io.carabiner.crypto.Keccak256;
import io.carabiner.evm.LogEntry;
import io.carabiner.primitives.Bytes;
import java.util.List;

/** The filters of events in block headers. */
final class Blooms {

    private static final int SIZE = 256;
    private static final int BITS_MASK = 2047;

    /** As chains that fill in nothing send it. */
    static final Bytes EMPTY = Bytes.of(new byte[SIZE]);

    private Blooms() {}

    static Bytes of(List<LogEntry> logs) {
        if (logs.isEmpty()) {
            return EMPTY;
        }
        byte[] bloom = new byte[SIZE];
        for (LogEntry log : logs) {
            add(bloom, log.address().bytes());
            log.topics().forEach(topic -> add(bloom, topic.bytes()));
        }
        return Bytes.of(bloom);
    }

    private static void add(byte[] bloom, Bytes value) {
        Bytes hash = Keccak256.hash(value).bytes();
        for (int pair = 0; pair < 6; pair += 2) {
            int bit = (((hash.at(pair) & 0xff) << 8) | (hash.at(pair + 1) & 0xff)) & BITS_MASK;
            bloom[SIZE - 1 - bit / 8] |= (byte) (1 << (bit % 8));
        }
    }
}
