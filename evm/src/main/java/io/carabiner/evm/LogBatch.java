package io.carabiner.evm;

import io.carabiner.primitives.ChainId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the canonical chain holds for one subscriber in a range of blocks without gaps. Immutable.
 *
 * <p>Batches of a chain come in order. Two of them overlap only when a reorg or a replay gives blocks again; the later
 * one is right.
 *
 * @param chainId the chain
 * @param fromBlock the first block of the range
 * @param toBlock the last block of the range, at the time the newest that was read
 * @param logs every event in the range that the subscriber's filter matches, ordered by block and place in the block
 * @param reorgedFrom if present, all that was given before from this block on is void and is not on the chain any more;
 *     this batch and those after it give the range again. It is never above {@code fromBlock}.
 * @param heads the headers by number, of all blocks that carry one of the logs and of {@code toBlock}
 */
public record LogBatch(
        ChainId chainId,
        long fromBlock,
        long toBlock,
        List<LogEntry> logs,
        OptionalLong reorgedFrom,
        Map<Long, Head> heads) {

    /** Checks the range and keeps own copies. */
    public LogBatch {
        if (fromBlock < 0 || toBlock < fromBlock) {
            throw new IllegalArgumentException("not a range of blocks: " + fromBlock + " to " + toBlock);
        }
        logs = List.copyOf(logs);
        heads = Map.copyOf(heads);
    }
}
