package io.carabiner.evm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.util.List;

/**
 * One event that a contract emitted, on the canonical chain as far as its giver knew. Immutable.
 *
 * @param address the contract
 * @param topics 0 to 4 topics; the first is the event's signature hash, except for anonymous events
 * @param data the rest of the event, ABI-encoded
 * @param blockNumber the block's height
 * @param blockHash the block's hash
 * @param transactionHash the transaction that emitted it
 * @param transactionIndex the transaction's place in the block, from 0
 * @param logIndex the event's place in the block, from 0
 */
public record LogEntry(
        Address address,
        List<Hash32> topics,
        Bytes data,
        long blockNumber,
        Hash32 blockHash,
        Hash32 transactionHash,
        long transactionIndex,
        long logIndex) {

    /** Keeps an own copy of the topics. */
    public LogEntry {
        topics = List.copyOf(topics);
    }
}
