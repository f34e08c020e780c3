package io.carabiner.txm;

import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import java.util.Optional;

/**
 * The chain's record of a transaction that was included.
 *
 * @param transactionHash of the attempt that was included
 * @param blockNumber where
 * @param blockHash where
 * @param transactionIndex the place in the block, from 0
 * @param successful false if it reverted
 * @param json the receipt as an {@code ethtx} task gives it on: the Go node's fields, numbers as hex, keys in order
 * @param effectiveGasPrice what a unit of gas did cost; empty where the endpoint did not say
 */
public record MinedReceipt(
        Hash32 transactionHash,
        long blockNumber,
        Hash32 blockHash,
        long transactionIndex,
        boolean successful,
        String json,
        Optional<Wei> effectiveGasPrice) {

    /** Without a price. */
    public MinedReceipt(
            Hash32 transactionHash,
            long blockNumber,
            Hash32 blockHash,
            long transactionIndex,
            boolean successful,
            String json) {
        this(transactionHash, blockNumber, blockHash, transactionIndex, successful, json, Optional.empty());
    }
}
