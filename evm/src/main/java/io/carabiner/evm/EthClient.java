package io.carabiner.evm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.Quorum;
import io.carabiner.rpc.RpcErrorException;
import io.carabiner.rpc.RpcException;
import io.carabiner.rpc.SendOutcome;
import java.util.List;
import java.util.Optional;

/**
 * Typed calls to one chain, over whichever endpoint answers. Blocks the calling (virtual) thread; every call has a
 * timeout. Safe for use by many threads.
 *
 * <p>All methods that read throw {@link RpcException} when no endpoint gives an answer, and {@link RpcErrorException}
 * (one of its kinds) when an endpoint answers with an error object.
 */
public interface EthClient {

    /** The same client, whose calls are counted for this consumer: a short lower-case word such as {@code txm}. */
    EthClient forConsumer(String consumer);

    /** The chain all endpoints were checked for. */
    ChainId chainId();

    /** A header; empty if the endpoint does not have the block. */
    Optional<Head> block(BlockTag tag);

    /** A header by hash; empty if the endpoint does not have the block. */
    Optional<Head> block(Hash32 hash);

    /** Headers by number in one batch, in the given order; empty where the endpoint does not have the block. */
    List<Optional<Head>> blocks(List<Long> numbers);

    /** The events in a range, both ends included, as one endpoint knows them. */
    List<LogEntry> logs(LogFilter filter, long fromBlock, long toBlock);

    /**
     * The receipts of transactions, in one batch and in the given order; empty where the transaction is not mined as
     * far as the endpoint knows.
     */
    List<Optional<Receipt>> receipts(List<Hash32> transactionHashes);

    /**
     * The same, asked of two endpoints where two are there, and of a third one where they differ: for whoever decides
     * on money by it.
     */
    default List<Quorum<Optional<Receipt>>> receiptsByQuorum(List<Hash32> transactionHashes) {
        return receipts(transactionHashes).stream()
                .<Quorum<Optional<Receipt>>>map(Quorum.Alone::new)
                .toList();
    }

    /**
     * The same for transactions that were probably mined in one of some blocks, both ends included: where many are
     * wanted, the receipts of those blocks are asked for, one call a block, and the rest one by one.
     */
    default List<Quorum<Optional<Receipt>>> receiptsByQuorum(
            List<Hash32> transactionHashes, long fromBlock, long toBlock) {
        return receiptsByQuorum(transactionHashes);
    }

    /** All transactions of the block at a height; empty if the endpoint does not have the block. */
    List<ChainTransaction> transactionsOf(long blockNumber);

    /** Whether the endpoint knows each transaction, in its pool or in a block; one batch, in the given order. */
    List<Boolean> known(List<Hash32> transactionHashes);

    /** The number of transactions sent from an account: at LATEST the next nonce on chain, at PENDING with the pool. */
    long transactionCount(Address account, BlockTag at);

    /** The same, asked of two endpoints where two are there, and of a third one where they differ. */
    default Quorum<Long> transactionCountByQuorum(Address account, BlockTag at) {
        return new Quorum.Alone<>(transactionCount(account, at));
    }

    /** The coins of an account. */
    Wei balance(Address account, BlockTag at);

    /** Whether there is code: empty bytes for a plain account. */
    Bytes code(Address account, BlockTag at);

    /**
     * Simulates a call.
     *
     * @throws RpcErrorException if it reverts; {@code data()} then holds the revert data, where the endpoint gives it
     */
    Bytes call(CallRequest request, BlockTag at);

    /**
     * Estimates the gas of a call.
     *
     * @throws RpcErrorException if it would revert
     */
    long estimateGas(CallRequest request);

    /**
     * Sends signed transactions, in this order, to all endpoints; for each says how it went, over all endpoints
     * together (one that took it is enough). Never throws for a refusal or an endpoint that is down.
     */
    List<SendOutcome> sendRaw(List<Bytes> signedTransactions);

    /** The fees of the newest blocks. */
    FeeHistory feeHistory(int blocks, BlockTag newest, List<Integer> percentiles);

    /** The endpoint's suggested legacy gas price. */
    Wei gasPrice();

    /** The endpoint's suggested tip. */
    Wei maxPriorityFee();
}
