package io.carabiner.jobs;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;

/** Whether requests were answered on chain, by this node or another. */
@FunctionalInterface
public interface OracleResponses {

    /** The event of an Operator; Oracle contracts of version 0.6 and older tell of no answer. */
    Hash32 TOPIC = Hash32.fromHex("0x9e9bc7616d42c2835d05ae617e508454e63b30b934be8aa932ebc125e0e58a64");

    /**
     * Looks on the chain.
     *
     * @param fromBlock where the request was made
     * @throws RuntimeException if the chain cannot be asked now
     */
    boolean isAnswered(ChainId chain, Address contract, Hash32 requestId, long fromBlock);
}
