package io.carabiner.txm;

import io.carabiner.evm.BlockTag;
import io.carabiner.evm.FeeBump;
import io.carabiner.evm.FeeQuote;
import io.carabiner.evm.Head;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.SendOutcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** The same, of transactions that were probably mined in one of these blocks, both ends included. */
    default List<Optional<MinedReceipt>> receipts(List<Hash32> hashes, long fromBlock, long toBlock) {
        return receipts(hashes);
    }

    /** The canonical block at each number, in the given order; empty where there is none. Asks the network. */
    List<Optional<Head>> blocks(List<Long> numbers);

    /** Whether an endpoint knows each transaction, in its pool or in a block; in the given order. Asks the network. */
    List<Boolean> known(List<Hash32> hashes);

    /** Those that a service of the chain says will never be mined. Asks the network. */
    Set<Hash32> skipped(List<Hash32> hashes);

    /**
     * The mined transactions that have nonces of a key, from one up to but without another, in order. Those are left
     * out that cannot be found: not mined, or so old that the endpoint does not keep the states. Asks the network, some
     * dozens of times.
     */
    List<SpentNonce> spent(Address key, long fromNonce, long toNonce, long head);

    /** Reads a contract. Asks the network. */
    Bytes call(Address contract, Bytes data, BlockTag at);

    /** The coins of an account. Asks the network. */
    Wei balance(Address account);

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
