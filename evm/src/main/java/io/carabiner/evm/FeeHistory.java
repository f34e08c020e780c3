package io.carabiner.evm;

import io.carabiner.primitives.Wei;
import java.util.List;

/**
 * An answer of {@code eth_feeHistory}. Immutable.
 *
 * @param oldestBlock the height of the first block
 * @param baseFees the base fee of each block and, last, of the block after the newest; so one more than there are
 *     blocks
 * @param rewards for each block the tips at the asked percentiles; empty lists where blocks were empty or the endpoint
 *     gave none
 */
public record FeeHistory(long oldestBlock, List<Wei> baseFees, List<List<Wei>> rewards) {

    /** Keeps own copies. */
    public FeeHistory {
        baseFees = List.copyOf(baseFees);
        rewards = rewards.stream().map(List::copyOf).toList();
    }
}
