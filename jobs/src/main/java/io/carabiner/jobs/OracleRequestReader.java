package io.carabiner.jobs;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.math.BigInteger;

/** The ABI of the data of {@code OracleRequest}: seven words, then a byte string. */
final class OracleRequestReader {

    private static final int WORD = 32;
    private static final int FIXED_WORDS = 8;

    private final Bytes data;

    private OracleRequestReader(Bytes data) {
        this.data = data;
    }

    static OracleLog read(Hash32 specId, Bytes data) {
        if (data.size() < FIXED_WORDS * WORD) {
            return new OracleLog.Malformed(
                    specId, "the data of OracleRequest has " + data.size() + " bytes, less than its eight words");
        }
        return new OracleRequestReader(data).request(specId);
    }

    private OracleLog request(Hash32 specId) {
        BigInteger offset = number(7);
        if (offset.compareTo(BigInteger.valueOf(data.size() - WORD)) > 0) {
            return new OracleLog.Malformed(specId, "the offset " + offset + " of its bytes lies outside the data");
        }
        int start = offset.intValue() + WORD;
        BigInteger length =
                new BigInteger(1, data.slice(offset.intValue(), start).toArray());
        if (length.compareTo(BigInteger.valueOf(data.size() - (long) start)) > 0) {
            return new OracleLog.Malformed(specId, "its bytes are " + length + " long, more than the data holds");
        }
        return new OracleLog.Request(
                specId,
                address(0),
                new Hash32(word(1)),
                number(2),
                address(3),
                word(4).slice(0, 4),
                number(5),
                number(6),
                data.slice(start, start + length.intValue()));
    }

    private Bytes word(int index) {
        return data.slice(index * WORD, (index + 1) * WORD);
    }

    private BigInteger number(int index) {
        return new BigInteger(1, word(index).toArray());
    }

    private Address address(int index) {
        return new Address(word(index).slice(WORD - Address.SIZE, WORD));
    }
}
