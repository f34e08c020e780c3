package io.carabiner.txm;

import io.carabiner.evm.BlockTag;
import io.carabiner.evm.ChainTransaction;
import io.carabiner.evm.FeeBump;
import io.carabiner.evm.FeeQuote;
import io.carabiner.evm.Head;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.SendOutcome;
import io.carabiner.testkit.TestChain;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A real development chain, reached directly. */
final class AnvilAccess implements ChainAccess {

    static final long FINALITY = 4;

    private final TestChain chain;
    /** Called before and after each broadcast: may crash. */
    Runnable aroundSend = () -> {};

    boolean legacy;

    /** What a sequencer skipped. */
    Set<Hash32> skipped = Set.of();

    /** Whether prices that are high enough do not help. */
    boolean unconnected;

    /** What is asked now, if it is not the usual. */
    Optional<FeeQuote> market = Optional.empty();

    /** No call to a contract is answered. */
    boolean silent;

    AnvilAccess(TestChain chain) {
        this.chain = chain;
    }

    Head newest() {
        return head(chain.call("eth_getBlockByNumber", "latest", false));
    }

    private static Head head(JsonNode block) {
        return new Head(
                number(block, "number"),
                hash(block, "hash"),
                hash(block, "parentHash"),
                Instant.EPOCH,
                Optional.of(new Wei(
                        new BigInteger(block.get("baseFeePerGas").asString().substring(2), 16))),
                Hash32.ZERO,
                Hash32.ZERO,
                Hash32.ZERO,
                Bytes.EMPTY);
    }

    private static Hash32 hash(JsonNode node, String field) {
        return Hash32.fromHex(node.get(field).asString());
    }

    private static long number(JsonNode node, String field) {
        return number(node.get(field));
    }

    private static long number(JsonNode quantity) {
        return new BigInteger(quantity.asString().substring(2), 16).longValueExact();
    }

    @Override
    public ChainId chainId() {
        return chain.chainId();
    }

    @Override
    public long minedCount(Address key) {
        return chain.transactionCount(key);
    }

    @Override
    public long pendingCount(Address key) {
        return number(chain.call("eth_getTransactionCount", key.toString(), "pending"));
    }

    @Override
    public List<SendOutcome> send(List<Bytes> signed) {
        aroundSend.run();
        List<SendOutcome> outcomes = signed.stream().map(this::sendOne).toList();
        aroundSend.run();
        return outcomes;
    }

    private SendOutcome sendOne(Bytes raw) {
        try {
            chain.call("eth_sendRawTransaction", raw.toString());
            return new SendOutcome.Accepted();
        } catch (RuntimeException e) {
            return refusal(String.valueOf(e.getMessage()));
        }
    }

    private static SendOutcome refusal(String words) {
        if (words.contains("already imported")) {
            return new SendOutcome.AlreadyKnown(words);
        }
        if (words.contains("nonce too low")) {
            return new SendOutcome.NonceTooLow(words);
        }
        if (words.contains("underpriced")) {
            return new SendOutcome.ReplacementUnderpriced(words);
        }
        if (words.contains("intrinsic gas too low")) {
            return new SendOutcome.Fatal("intrinsic gas too low");
        }
        return words.contains("Insufficient funds")
                ? new SendOutcome.InsufficientFunds(words)
                : new SendOutcome.Unknown(words);
    }

    @Override
    public List<Optional<MinedReceipt>> receipts(List<Hash32> hashes) {
        return hashes.stream().map(this::receipt).toList();
    }

    private Optional<MinedReceipt> receipt(Hash32 transaction) {
        return chain.receipt(transaction)
                .map(found -> new MinedReceipt(
                        transaction,
                        number(found, "blockNumber"),
                        hash(found, "blockHash"),
                        number(found, "transactionIndex"),
                        found.get("status").asString().equals("0x1"),
                        found.toString()));
    }

    @Override
    public List<Optional<Head>> blocks(List<Long> numbers) {
        return numbers.stream().map(this::block).toList();
    }

    private Optional<Head> block(long number) {
        JsonNode block = chain.call("eth_getBlockByNumber", "0x" + Long.toHexString(number), false);
        return block.isNull() ? Optional.empty() : Optional.of(head(block));
    }

    @Override
    public List<Boolean> known(List<Hash32> hashes) {
        return hashes.stream()
                .map(hash ->
                        !chain.call("eth_getTransactionByHash", hash.toString()).isNull())
                .toList();
    }

    @Override
    public Set<Hash32> skipped(List<Hash32> hashes) {
        return skipped;
    }

    @Override
    public boolean isUnconnected(FeeQuote offered, long sentBefore) {
        return unconnected;
    }

    @Override
    public List<SpentNonce> spent(Address key, long fromNonce, long toNonce, long head) {
        return new SpentSearch(
                        chainId(),
                        key,
                        block -> number(
                                chain.call("eth_getTransactionCount", key.toString(), "0x" + Long.toHexString(block))),
                        this::transactionsOf)
                .find(fromNonce, toNonce, head);
    }

    private List<ChainTransaction> transactionsOf(long block) {
        return chain.call("eth_getBlockByNumber", "0x" + Long.toHexString(block), true)
                .get("transactions")
                .valueStream()
                .map(AnvilAccess::transaction)
                .toList();
    }

    private static ChainTransaction transaction(JsonNode found) {
        int type = found.get("type").asString().equals("0x2") ? 2 : 0;
        return new ChainTransaction(
                hash(found, "hash"),
                Address.fromHex(found.get("from").asString()),
                Optional.of(Address.fromHex(found.get("to").asString())),
                number(found, "nonce"),
                Bytes.fromHex(found.get("input").asString()),
                new Wei(quantity(found, "value")),
                number(found, "gas"),
                type,
                type == 2
                        ? new FeeQuote.Dynamic(
                                new Wei(quantity(found, "maxFeePerGas")),
                                new Wei(quantity(found, "maxPriorityFeePerGas")))
                        : new FeeQuote.Legacy(new Wei(quantity(found, "gasPrice"))),
                quantity(found, "v"),
                quantity(found, "r"),
                quantity(found, "s"),
                found.path("accessList").isEmpty());
    }

    private static BigInteger quantity(JsonNode node, String field) {
        return new BigInteger(node.get(field).asString().substring(2), 16);
    }

    @Override
    public Bytes call(Address contract, Bytes data, BlockTag at) {
        if (silent) {
            throw new IllegalStateException("no endpoint answers");
        }
        return Bytes.fromHex(
                chain.call("eth_call", Map.of("to", contract.toString(), "data", data.toString()), at.wire())
                        .asString());
    }

    @Override
    public Wei balance(Address account) {
        return new Wei(new BigInteger(
                chain.call("eth_getBalance", account.toString(), "latest")
                        .asString()
                        .substring(2),
                16));
    }

    @Override
    public long finalizedNumber(Head newest) {
        return newest.number() - FINALITY;
    }

    @Override
    public FeeQuote quote(Address key) {
        return market.orElseGet(() ->
                legacy ? new FeeQuote.Legacy(Wei.ofGwei(20)) : new FeeQuote.Dynamic(Wei.ofGwei(100), Wei.ofGwei(1)));
    }

    @Override
    public FeeBump bump(FeeQuote previous, Address key) {
        return new FeeBump.Raised(
                switch (previous) {
                    case FeeQuote.Legacy old -> new FeeQuote.Legacy(fifth(old.gasPrice()));
                    case FeeQuote.Dynamic old -> new FeeQuote.Dynamic(fifth(old.feeCap()), fifth(old.tipCap()));
                });
    }

    private static Wei fifth(Wei price) {
        return price.plus(new Wei(price.amount().divide(BigInteger.valueOf(5))));
    }

    @Override
    public long gasLimit(long wanted, int dataBytes) {
        return wanted;
    }
}
