package io.carabiner.txm;

import io.carabiner.crypto.Keccak256;
import io.carabiner.crypto.Signature;
import io.carabiner.evm.ChainTransaction;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;

/**
 * Finds which transactions have some nonces of a key: the block of each by halving, with the key's count at blocks, and
 * the transaction in it. Pure, given the two questions.
 */
final class SpentSearch {

    /** How much further back each step of the search for a start goes. */
    static final int BACK_GROWTH = 4;

    private final ChainId chain;
    private final Address key;
    private final LongUnaryOperator countAt;
    private final LongFunction<List<ChainTransaction>> transactionsOf;

    /**
     * A search.
     *
     * @param countAt the key's next nonce after a block
     * @param transactionsOf a block's transactions
     */
    SpentSearch(
            ChainId chain,
            Address key,
            LongUnaryOperator countAt,
            LongFunction<List<ChainTransaction>> transactionsOf) {
        this.chain = chain;
        this.key = key;
        this.countAt = countAt;
        this.transactionsOf = transactionsOf;
    }

    /** Those with nonces from one up to but without another. */
    List<SpentNonce> find(long fromNonce, long toNonce, long head) {
        List<SpentNonce> found = new ArrayList<>();
        long before = blockBefore(fromNonce, head);
        long nonce = fromNonce;
        while (nonce < toNonce && countAt.applyAsLong(head) > nonce) {
            long block = blockOf(nonce, before, head);
            long wanted = nonce;
            List<SpentNonce> there = transactionsOf.apply(block).stream()
                    .filter(transaction -> transaction.from().equals(key))
                    .filter(transaction -> transaction.nonce() >= wanted && transaction.nonce() < toNonce)
                    .map(transaction -> spent(transaction, block))
                    .toList();
            if (there.isEmpty()) {
                return found;
            }
            found.addAll(there);
            nonce = there.getLast().nonce() + 1;
            before = block;
        }
        return found;
    }

    /** A block after which the nonce was still free; -1 if there is none. */
    private long blockBefore(long nonce, long head) {
        long step = 1;
        long block = head - 1;
        while (block >= 0 && countAt.applyAsLong(block) > nonce) {
            step *= BACK_GROWTH;
            block -= step;
        }
        return Math.max(block, -1);
    }

    /** The first block after which it was used. */
    private long blockOf(long nonce, long before, long head) {
        long free = before;
        long used = head;
        while (used - free > 1) {
            long middle = free + (used - free) / 2;
            if (countAt.applyAsLong(middle) > nonce) {
                used = middle;
            } else {
                free = middle;
            }
        }
        return used;
    }

    private SpentNonce spent(ChainTransaction found, long block) {
        Optional<Payload> payload = found.to().map(to -> new Payload(to, found.input(), found.value(), found.gas()));
        return new SpentNonce(
                found.nonce(), found.hash(), payload, payload.flatMap(known -> signed(found, known)), block);
    }

    private Optional<SignedAttempt> signed(ChainTransaction found, Payload payload) {
        boolean ordinary = found.bareOfLists() && (found.type() == 0 || found.type() == 2);
        int parity = parity(found);
        if (!ordinary
                || parity < 0
                || parity > 1
                || found.r().signum() == 0
                || found.s().signum() == 0) {
            return Optional.empty();
        }
        Bytes raw = TransactionEncoding.signed(
                chain,
                new UnsignedTransaction(found.nonce(), payload, found.fee()),
                new Signature(parity, found.r(), found.s()));
        return Keccak256.hash(raw).equals(found.hash())
                ? Optional.of(new SignedAttempt(found.hash(), raw, found.fee(), found.gas(), false))
                : Optional.empty();
    }

    private int parity(ChainTransaction found) {
        BigInteger offset =
                found.type() == 0 ? chain.value().shiftLeft(1).add(BigInteger.valueOf(35)) : BigInteger.ZERO;
        BigInteger parity = found.v().subtract(offset);
        return parity.bitLength() < 8 ? parity.intValue() : -1;
    }
}
