package io.carabiner.txm;

import io.carabiner.evm.BlockTag;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.util.List;
import java.util.Set;

/**
 * What the transaction manager asks of a chain, for a simulated world to answer. Nobody else uses its keys, and there
 * are no contracts to read.
 */
public interface SimulatedNetwork extends ChainAccess {

    @Override
    default Set<Hash32> skipped(List<Hash32> hashes) {
        return Set.of();
    }

    @Override
    default List<SpentNonce> spent(Address key, long fromNonce, long toNonce, long head) {
        return List.of();
    }

    @Override
    default Bytes call(Address contract, Bytes data, BlockTag at) {
        throw new IllegalStateException("there are no contracts to read in a simulated world");
    }
}
