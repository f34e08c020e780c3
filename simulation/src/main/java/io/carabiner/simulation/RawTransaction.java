package io.carabiner.simulation;

import io.carabiner.crypto.Keccak256;
import io.carabiner.crypto.Rlp;
import io.carabiner.crypto.RlpItem;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.math.BigInteger;
import java.util.List;

/** A signed transaction (type 2) as the simulated chain reads it. */
record RawTransaction(
        Hash32 hash,
        Address from,
        BigInteger chainId,
        long nonce,
        BigInteger feeCap,
        Address to,
        BigInteger value,
        Bytes data) {

    private static final int CHAIN = 0;
    private static final int NONCE = 1;
    private static final int FEE_CAP = 3;
    private static final int TO = 5;
    private static final int VALUE = 6;
    private static final int DATA = 7;
    private static final int SIGNATURE_S = 11;

    /** @param keys the simulated signature says only which of these has signed */
    static RawTransaction decode(Bytes raw, List<Address> keys) {
        RlpItem.Sequence fields = (RlpItem.Sequence) Rlp.decode(raw.slice(1, raw.size()));
        return new RawTransaction(
                Keccak256.hash(raw),
                keys.get(number(fields, SIGNATURE_S).intValueExact() - 1),
                number(fields, CHAIN),
                number(fields, NONCE).longValueExact(),
                number(fields, FEE_CAP),
                new Address(text(fields, TO).bytes()),
                number(fields, VALUE),
                text(fields, DATA).bytes());
    }

    private static RlpItem.Text text(RlpItem.Sequence fields, int place) {
        return (RlpItem.Text) fields.items().get(place);
    }

    private static BigInteger number(RlpItem.Sequence fields, int place) {
        return text(fields, place).toNumber();
    }

    /** The request it answers; meaningless without data. */
    Hash32 request() {
        return new Hash32(data.slice(0, Hash32.SIZE));
    }

    /** What it does, whatever it pays. */
    Bytes payload() {
        return to.bytes().concat(data).concat(Bytes.of(value.toByteArray()));
    }
}
