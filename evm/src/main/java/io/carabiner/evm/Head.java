package io.carabiner.evm;

import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import java.time.Instant;
import java.util.Optional;

/**
 * The header of one block, as an endpoint announced it. Immutable.
 *
 * @param number the height, 0 or more
 * @param hash the block's own hash
 * @param parentHash the hash of the block under it
 * @param timestamp when the block says it was made, to the second
 * @param baseFee the base fee per gas (EIP-1559); empty on chains without one
 * @param receiptsRoot the root of the receipts; zero where an endpoint leaves it out
 * @param transactionsRoot the root of the transactions; zero where an endpoint leaves it out
 * @param stateRoot the root of the state; zero where an endpoint leaves it out
 * @param logsBloom 256 bytes, or none where an endpoint leaves it out; some chains send zeros whatever the block holds
 */
public record Head(
        long number,
        Hash32 hash,
        Hash32 parentHash,
        Instant timestamp,
        Optional<Wei> baseFee,
        Hash32 receiptsRoot,
        Hash32 transactionsRoot,
        Hash32 stateRoot,
        Bytes logsBloom) {

    /** Checks the height. */
    public Head {
        if (number < 0) {
            throw new IllegalArgumentException("a block number is 0 or more, not " + number);
        }
    }

    /** Whether this block stands directly on the other one. */
    public boolean isChildOf(Head other) {
        return number == other.number + 1 && parentHash.equals(other.hash);
    }
}
