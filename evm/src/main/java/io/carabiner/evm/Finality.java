package io.carabiner.evm;

import io.carabiner.rpc.RpcException;

/** Which blocks of a chain are not replaced any more. Safe for use by many threads. */
public interface Finality {

    /**
     * The newest final block's number, by {@code FinalityDepth} or, with {@code FinalityTagEnabled}, by the chain's own
     * word, less {@code FinalizedBlockOffset}; negative if there is none. With the tag it asks the network, but not
     * more often than each {@code NodePool.FinalizedBlockPollInterval}; what it says in between may be a little low.
     *
     * @param newest the newest head
     * @throws RpcException if no endpoint answers
     */
    long finalized(Head newest);

    /**
     * The same without asking anybody: with the tag, what was heard last.
     *
     * @param newest the newest block's number
     */
    long lastKnown(long newest);
}
