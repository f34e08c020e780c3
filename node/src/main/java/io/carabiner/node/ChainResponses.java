package io.carabiner.node;

import io.carabiner.evm.BlockTag;
import io.carabiner.evm.EthClient;
import io.carabiner.evm.Head;
import io.carabiner.evm.LogFilter;
import io.carabiner.jobs.OracleResponses;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import java.util.Set;

/** Looks for the events of answers on the node's chains. */
record ChainResponses(ChainRooms chains) implements OracleResponses {

    /** How many blocks one look goes through. */
    private static final long RANGE_BLOCKS = 1_000;

    private static final int TOPICS_WITH_ID = 2;

    @Override
    public boolean isAnswered(ChainId chain, Address contract, Hash32 requestId, long fromBlock) {
        EthClient client = chains.chain(chain)
                .orElseThrow(() -> new IllegalStateException("chain " + chain + " is switched off"))
                .rpc();
        long head = client.block(BlockTag.LATEST)
                .map(Head::number)
                .orElseThrow(() -> new IllegalStateException("chain " + chain + " has no newest block"));
        LogFilter filter = LogFilter.of(Set.of(contract), Set.of(TOPIC));
        for (long from = fromBlock; from <= head; from += RANGE_BLOCKS) {
            boolean found = client.logs(filter, from, Math.min(head, from + RANGE_BLOCKS - 1)).stream()
                    .anyMatch(log -> log.topics().size() == TOPICS_WITH_ID
                            && log.topics().get(1).equals(requestId));
            if (found) {
                return true;
            }
        }
        return false;
    }
}
