package io.carabiner.txm;

import io.carabiner.evm.BlockTag;
import io.carabiner.evm.CallRequest;
import io.carabiner.evm.Chain;
import io.carabiner.evm.EthClient;
import io.carabiner.evm.FeeBump;
import io.carabiner.evm.FeeQuote;
import io.carabiner.evm.Head;
import io.carabiner.evm.Receipt;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.Quorum;
import io.carabiner.rpc.SendOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The chain as the evm room reaches it. */
final class EvmChainAccess implements ChainAccess {

    private final Chain chain;
    private final EthClient rpc;
    private final AgreedReads<Receipt> agreed = new AgreedReads<>();
    private final Optional<SkippedList> skipped;

    EvmChainAccess(Chain chain) {
        this.chain = chain;
        this.rpc = chain.rpc().forConsumer("txm");
        this.skipped =
                chain.config().transactions().autoPurge().detectionApiUrl().map(SkippedList::new);
    }

    @Override
    public ChainId chainId() {
        return chain.id();
    }

    @Override
    public long minedCount(Address key) {
        return AgreedReads.count(
                rpc.transactionCountByQuorum(key, BlockTag.LATEST), () -> rpc.transactionCount(key, BlockTag.LATEST));
    }

    @Override
    public long pendingCount(Address key) {
        return AgreedReads.count(
                rpc.transactionCountByQuorum(key, BlockTag.PENDING), () -> rpc.transactionCount(key, BlockTag.PENDING));
    }

    @Override
    public List<SendOutcome> send(List<Bytes> signed) {
        return rpc.sendRaw(signed);
    }

    @Override
    public List<Optional<MinedReceipt>> receipts(List<Hash32> hashes) {
        if (hashes.isEmpty()) {
            return List.of();
        }
        return agreed(hashes, rpc.receiptsByQuorum(hashes));
    }

    @Override
    public List<Optional<MinedReceipt>> receipts(List<Hash32> hashes, long fromBlock, long toBlock) {
        return hashes.isEmpty() ? List.of() : agreed(hashes, rpc.receiptsByQuorum(hashes, fromBlock, toBlock));
    }

    private List<Optional<MinedReceipt>> agreed(List<Hash32> hashes, List<Quorum<Optional<Receipt>>> said) {
        List<Optional<MinedReceipt>> receipts = new ArrayList<>(hashes.size());
        for (int i = 0; i < hashes.size(); i++) {
            receipts.add(agreed.receipt(hashes.get(i), said.get(i)).map(ReceiptJson::mined));
        }
        return receipts;
    }

    @Override
    public List<Optional<Head>> blocks(List<Long> numbers) {
        return numbers.isEmpty() ? List.of() : rpc.blocks(numbers);
    }

    @Override
    public List<Boolean> known(List<Hash32> hashes) {
        return rpc.known(hashes);
    }

    @Override
    public Set<Hash32> skipped(List<Hash32> hashes) {
        return skipped.map(list -> list.among(hashes)).orElse(Set.of());
    }

    @Override
    public List<SpentNonce> spent(Address key, long fromNonce, long toNonce, long head) {
        return new SpentSearch(
                        chainId(), key, block -> rpc.transactionCount(key, BlockTag.number(block)), rpc::transactionsOf)
                .find(fromNonce, toNonce, head);
    }

    @Override
    public Bytes call(Address contract, Bytes data, BlockTag at) {
        return rpc.call(CallRequest.to(contract, data), at);
    }

    @Override
    public Wei balance(Address account) {
        return rpc.balance(account, BlockTag.LATEST);
    }

    @Override
    public long finalizedNumber(Head newest) {
        return chain.finality().finalized(newest);
    }

    @Override
    public FeeQuote quote(Address key) {
        return chain.fees().quote(key);
    }

    @Override
    public FeeBump bump(FeeQuote previous, Address key) {
        return chain.fees().bump(previous, key);
    }

    @Override
    public boolean isUnconnected(FeeQuote offered, long sentBefore) {
        return chain.fees().isUnconnected(offered, sentBefore);
    }

    @Override
    public long gasLimit(long wanted, int dataBytes) {
        return chain.fees().gasLimit(wanted, dataBytes);
    }
}
