package io.carabiner.txm;

import io.carabiner.evm.FeeBump;
import io.carabiner.evm.FeeQuote;
import io.carabiner.evm.Head;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.rpc.SendOutcome;
import java.util.List;
import java.util.Optional;

/** What the manager asks of a chain. Methods that ask the network throw the evm room's exceptions when it is silent. */
interface ChainAccess {

    ChainId chainId();

    /** The lowest nonce that no mined transaction has. Asks the network. */
    long minedCount(Address key);

    /** The same with the endpoint's pool. Asks the network. */
    long pendingCount(Address key);

    /** One answer for each, in order; never throws for a refusal. Asks the network. */
    List<SendOutcome> send(List<Bytes> signed);

    /** In the given order; empty where there is none. Asks the network. */
    List<Optional<MinedReceipt>> receipts(List<Hash32> hashes);

    /** The canonical block at each number, in the given order; empty where there is none. Asks the network. */
    List<Optional<Head>> blocks(List<Long> numbers);

    /** The newest final block; negative if there is none. May ask the network. */
    long finalizedNumber(Head newest);

    /** What to pay now. */
    FeeQuote quote(Address key);

    /** What to pay to take the place of an earlier offer. */
    FeeBump bump(FeeQuote previous, Address key);

    /**
     * Whether an offer that is not mined is so high that more would not help.
     *
     * @param sentBefore the newest block's number when it was sent
     */
    default boolean isUnconnected(FeeQuote offered, long sentBefore) {
        return false;
    }

    /** The gas limit to sign for a wanted one, with so many bytes of data. */
    long gasLimit(long wanted, int dataBytes);
}
