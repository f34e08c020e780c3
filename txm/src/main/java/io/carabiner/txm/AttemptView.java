package io.carabiner.txm;

import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One signed try of a transaction, as API and CLI show it.
 *
 * @param id rising with time
 * @param hash of the signed transaction
 * @param gasPrice of a legacy transaction; absent for dynamic fees
 * @param gasFeeCap of a dynamic-fee transaction
 * @param gasTipCap of a dynamic-fee transaction
 * @param signedRaw the bytes as they are sent
 * @param broadcastBeforeBlock the head's number when it was first sent; absent while it was not
 * @param createdAt when it was signed
 */
public record AttemptView(
        long id,
        Hash32 hash,
        Optional<Wei> gasPrice,
        Optional<Wei> gasFeeCap,
        Optional<Wei> gasTipCap,
        Bytes signedRaw,
        OptionalLong broadcastBeforeBlock,
        Instant createdAt) {

    private static final int RLP_LIST = 0xc0;
    private static final int RLP_LONG_STRING = 0xb7;

    /**
     * The signed bytes as the Go node's API shows them ({@code rawHex}): a typed transaction is wrapped once more as an
     * RLP string.
     */
    public Bytes rlpStreamForm() {
        boolean legacy = (signedRaw.at(0) & 0xff) >= RLP_LIST;
        return legacy ? signedRaw : longStringHeader(signedRaw.size()).concat(signedRaw);
    }

    /** A signed transaction has always more than 55 bytes, so the short form of an RLP string does not occur. */
    private static Bytes longStringHeader(int size) {
        byte[] length = BigInteger.valueOf(size).toByteArray();
        Bytes digits = length[0] == 0 ? Bytes.of(length).slice(1, length.length) : Bytes.of(length);
        return Bytes.of((byte) (RLP_LONG_STRING + digits.size())).concat(digits);
    }
}
