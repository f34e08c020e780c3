package io.carabiner.txm;

import io.carabiner.evm.BlockTag;
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
import io.carabiner.rpc.Quorum;
import io.carabiner.rpc.SendOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The chain as the evm room reaches it. */
final class EvmChainAccess implements ChainAccess {

    private final Chain chain;
    private final EthClient rpc;
    private final AgreedReads<Receipt> agreed = new AgreedReads<>();

    EvmChainAccess(Chain chain) {
        this.chain = chain;
        this.rpc = chain.rpc().forConsumer("txm");
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
        return rpc.transactionCount(key, BlockTag.PENDING);
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
        List<Quorum<Optional<Receipt>>> said = rpc.receiptsByQuorum(hashes);
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
