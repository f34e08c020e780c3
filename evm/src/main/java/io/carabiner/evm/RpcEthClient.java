package io.carabiner.evm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.JsonFields;
import io.carabiner.rpc.Quorum;
import io.carabiner.rpc.RpcAnswer;
import io.carabiner.rpc.RpcCall;
import io.carabiner.rpc.RpcPool;
import io.carabiner.rpc.RpcReply;
import io.carabiner.rpc.SendOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The typed calls over a pool of endpoints. */
final class RpcEthClient implements EthClient {

    private final RpcPool pool;
    private final int batchMax;
    private final String consumer;
    private final BlockReceipts blockReceipts;

    /**
     * A client.
     *
     * @param batchMax {@code RPCDefaultBatchSize}: more calls than this go in several requests
     */
    RpcEthClient(RpcPool pool, int batchMax, String consumer) {
        this.pool = pool;
        this.batchMax = Math.max(1, batchMax);
        this.consumer = consumer;
        this.blockReceipts = new BlockReceipts(pool, consumer);
    }

    @Override
    public EthClient forConsumer(String name) {
        return new RpcEthClient(pool, batchMax, name);
    }

    @Override
    public ChainId chainId() {
        return pool.chain();
    }

    @Override
    public Optional<Head> block(BlockTag tag) {
        return one(RpcCalls.block(tag), RpcEthClient::optionalHead);
    }

    @Override
    public Optional<Head> block(Hash32 hash) {
        return one(RpcCalls.block(hash), RpcEthClient::optionalHead);
    }

    @Override
    public List<Optional<Head>> blocks(List<Long> numbers) {
        return each(
                numbers.stream()
                        .map(number -> RpcCalls.block(BlockTag.number(number)))
                        .toList(),
                RpcEthClient::optionalHead);
    }

    @Override
    public List<LogEntry> logs(LogFilter filter, long fromBlock, long toBlock) {
        return one(RpcCalls.logs(filter, fromBlock, toBlock), RpcDecoder::logs);
    }

    @Override
    public List<Optional<Receipt>> receipts(List<Hash32> transactionHashes) {
        return each(transactionHashes.stream().map(RpcEthClient::receipt).toList(), RpcEthClient::optionalReceipt);
    }

    @Override
    public List<Quorum<Optional<Receipt>>> receiptsByQuorum(List<Hash32> transactionHashes) {
        List<Quorum<Optional<Receipt>>> all = new ArrayList<>(transactionHashes.size());
        for (List<Hash32> part : parts(transactionHashes)) {
            all.addAll(pool.askQuorum(
                    consumer,
                    part.stream().map(RpcEthClient::receipt).toList(),
                    RpcEthClient::optionalReceipt,
                    RpcEthClient::essence));
        }
        return all;
    }

    private static RpcCall receipt(Hash32 hash) {
        return RpcCall.of("eth_getTransactionReceipt", hash.toString());
    }

    private static List<Object> essence(Optional<Receipt> receipt) {
        return receipt.map(Receipt::essence).orElse(List.of());
    }

    @Override
    public List<Quorum<Optional<Receipt>>> receiptsByQuorum(
            List<Hash32> transactionHashes, long fromBlock, long toBlock) {
        if (!blockReceipts.isWorthIt(transactionHashes.size(), fromBlock, toBlock)) {
            return receiptsByQuorum(transactionHashes);
        }
        Map<Hash32, Quorum<Optional<Receipt>>> found =
                new HashMap<>(blockReceipts.find(transactionHashes, fromBlock, toBlock));
        List<Hash32> others = transactionHashes.stream()
                .filter(hash -> !found.containsKey(hash))
                .toList();
        List<Quorum<Optional<Receipt>>> asked = receiptsByQuorum(others);
        for (int i = 0; i < others.size(); i++) {
            found.put(others.get(i), asked.get(i));
        }
        return transactionHashes.stream()
                .map(hash -> Objects.requireNonNull(found.get(hash), "each was found or asked for"))
                .toList();
    }

    @Override
    public Quorum<Long> transactionCountByQuorum(Address account, BlockTag at) {
        return pool.askQuorum(
                        consumer,
                        List.of(transactionCountCall(account, at)),
                        result -> JsonFields.longQuantity(result, "transaction count"),
                        count -> count)
                .getFirst();
    }

    private static RpcCall transactionCountCall(Address account, BlockTag at) {
        return RpcCall.of("eth_getTransactionCount", account.toString(), at.wire());
    }

    @Override
    public List<ChainTransaction> transactionsOf(long blockNumber) {
        return one(RpcCalls.fullBlock(blockNumber), RpcDecoder::transactions);
    }

    @Override
    public List<Boolean> known(List<Hash32> transactionHashes) {
        return each(
                transactionHashes.stream()
                        .map(hash -> RpcCall.of("eth_getTransactionByHash", hash.toString()))
                        .toList(),
                result -> !result.isNull());
    }

    @Override
    public long transactionCount(Address account, BlockTag at) {
        return one(transactionCountCall(account, at), result -> JsonFields.longQuantity(result, "transaction count"));
    }

    @Override
    public Wei balance(Address account, BlockTag at) {
        return one(RpcCall.of("eth_getBalance", account.toString(), at.wire()), JsonFields::wei);
    }

    @Override
    public Bytes code(Address account, BlockTag at) {
        return one(
                RpcCall.of("eth_getCode", account.toString(), at.wire()), result -> JsonFields.bytes(result, "code"));
    }

    @Override
    public Bytes call(CallRequest request, BlockTag at) {
        return one(
                RpcCall.of("eth_call", RpcCalls.transaction(request), at.wire()),
                result -> JsonFields.bytes(result, "result of eth_call"));
    }

    @Override
    public long estimateGas(CallRequest request) {
        return one(
                RpcCall.of("eth_estimateGas", RpcCalls.transaction(request)),
                result -> JsonFields.longQuantity(result, "gas"));
    }

    @Override
    public List<SendOutcome> sendRaw(List<Bytes> signedTransactions) {
        List<SendOutcome> outcomes = new ArrayList<>(signedTransactions.size());
        for (List<Bytes> part : parts(signedTransactions)) {
            outcomes.addAll(pool.send(consumer, part));
        }
        return outcomes;
    }

    @Override
    public FeeHistory feeHistory(int blocks, BlockTag newest, List<Integer> percentiles) {
        return one(
                RpcCall.of("eth_feeHistory", "0x" + Integer.toHexString(blocks), newest.wire(), percentiles),
                RpcDecoder::feeHistory);
    }

    @Override
    public Wei gasPrice() {
        return one(RpcCall.of("eth_gasPrice"), JsonFields::wei);
    }

    @Override
    public Wei maxPriorityFee() {
        return one(RpcCall.of("eth_maxPriorityFeePerGas"), JsonFields::wei);
    }

    private static Optional<Head> optionalHead(JsonNode result) {
        // A pending block has no hash yet; it is no head.
        return result.isNull() || result.path("hash").isNull()
                ? Optional.empty()
                : Optional.of(RpcDecoder.head(result));
    }

    private static Optional<Receipt> optionalReceipt(JsonNode result) {
        return result.isNull() || result.path("blockHash").isNull()
                ? Optional.empty()
                : Optional.of(RpcDecoder.receipt(result));
    }

    private <T> T one(RpcCall call, Function<JsonNode, T> decoder) {
        return pool.ask(consumer, List.of(call), answer -> decoder.apply(answer.value(0)));
    }

    private <T> List<T> each(List<RpcCall> calls, Function<JsonNode, T> decoder) {
        List<T> values = new ArrayList<>(calls.size());
        for (List<RpcCall> part : parts(calls)) {
            values.addAll(eachOf(part, decoder));
        }
        return values;
    }

    /** One batch; the calls that failed in it, and only those, are asked again one by one. */
    private <T> List<T> eachOf(List<RpcCall> calls, Function<JsonNode, T> decoder) {
        List<RpcReply> replies = pool.ask(consumer, calls, RpcAnswer::replies);
        List<T> values = new ArrayList<>(calls.size());
        for (int i = 0; i < calls.size(); i++) {
            values.add(
                    replies.get(i) instanceof RpcReply.Result result
                            ? decoder.apply(result.value())
                            : one(calls.get(i), decoder));
        }
        return values;
    }

    private <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += batchMax) {
            parts.add(all.subList(from, Math.min(all.size(), from + batchMax)));
        }
        return parts;
    }
}
