package io.carabiner.evm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import java.util.List;
import java.util.Optional;

/**
 * What became of a mined transaction. Immutable.
 *
 * @param transactionHash the transaction
 * @param blockNumber the height of its block
 * @param blockHash the hash of its block
 * @param transactionIndex its place in the block, from 0
 * @param succeeded false if it reverted
 * @param gasUsed the gas it used
 * @param cumulativeGasUsed the gas used in the block up to and including it
 * @param effectiveGasPrice what a unit of gas cost; empty where the endpoint does not say
 * @param contractAddress the contract it created, if it did
 * @param logsBloom 256 bytes, or none where the endpoint leaves it out
 * @param logs the events it emitted
 * @param json the whole receipt as the endpoint gave it, as JSON text
 */
public record Receipt(
        Hash32 transactionHash,
        long blockNumber,
        Hash32 blockHash,
        long transactionIndex,
        boolean succeeded,
        long gasUsed,
        long cumulativeGasUsed,
        Optional<Wei> effectiveGasPrice,
        Optional<Address> contractAddress,
        Bytes logsBloom,
        List<LogEntry> logs,
        String json) {

    /** Keeps an own copy of the logs. */
    public Receipt {
        logs = List.copyOf(logs);
    }

    /** Clients write receipts in different ways; they must agree on this much. */
    List<Object> essence() {
        return List.of(transactionHash, blockHash, succeeded, gasUsed);
    }
}
