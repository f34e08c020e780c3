package io.carabiner.evm;

import io.carabiner.primitives.Hash32;
import io.carabiner.rpc.Quorum;
import io.carabiner.rpc.RpcCall;
import io.carabiner.rpc.RpcException;
import io.carabiner.rpc.RpcFault;
import io.carabiner.rpc.RpcPool;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/**
 * Receipts by the blocks in which they are looked for: one call a block, where asking for each transaction costs one
 * call each. Not every endpoint has the method; after some refusals in a row it is not asked for any more. Thread-safe.
 */
final class BlockReceipts {

    /**
     * So many transactions for each block are worth it: the answer holds the receipts of all transactions of the block,
     * and some providers bill it like this many single ones.
     */
    static final int WANTED_PER_BLOCK_MIN = 16;

    /** In more blocks than this they are not looked for. */
    static final int BLOCKS_MAX = 32;

    /** After so many refusals in a row the method is not asked for any more. */
    private static final int REFUSED_MAX = 3;

    private final RpcPool pool;
    private final String consumer;
    private final AtomicInteger refused = new AtomicInteger();

    BlockReceipts(RpcPool pool, String consumer) {
        this.pool = pool;
        this.consumer = consumer;
    }

    boolean isWorthIt(int wanted, long fromBlock, long toBlock) {
        long blocks = toBlock - fromBlock + 1;
        return refused.get() < REFUSED_MAX
                && blocks >= 1
                && blocks <= BLOCKS_MAX
                && wanted >= blocks * WANTED_PER_BLOCK_MIN;
    }

    /**
     * The receipts of those that were found and on which the endpoints agree, in any block of the range, both ends
     * included. Nothing follows from one that is missing.
     */
    Map<Hash32, Quorum<Optional<Receipt>>> find(Collection<Hash32> wanted, long fromBlock, long toBlock) {
        List<RpcCall> calls = LongStream.rangeClosed(fromBlock, toBlock)
                .mapToObj(number -> RpcCall.of(
                        "eth_getBlockReceipts", BlockTag.number(number).wire()))
                .toList();
        Set<Hash32> hashes = new HashSet<>(wanted);
        try {
            return read(pool.askQuorum(consumer, calls, result -> among(hashes, result), BlockReceipts::essence));
        } catch (RpcException e) {
            requireRefusal(e);
            refused.incrementAndGet();
            return Map.of();
        }
    }

    /** The endpoint answered, but not with receipts: each is asked for then. */
    private static void requireRefusal(RpcException e) {
        if (e.fault() != RpcFault.ERROR_OBJECT
                && e.fault() != RpcFault.MALFORMED_RESULT
                && e.fault() != RpcFault.TOO_LARGE) {
            throw e;
        }
    }

    private Map<Hash32, Quorum<Optional<Receipt>>> read(List<Quorum<Map<Hash32, Receipt>>> blocks) {
        Map<Hash32, Quorum<Optional<Receipt>>> found = new HashMap<>();
        for (Quorum<Map<Hash32, Receipt>> block : blocks) {
            switch (block) {
                case Quorum.Alone<Map<Hash32, Receipt>>(Map<Hash32, Receipt> receipts) ->
                    receipts.forEach((hash, receipt) -> found.put(hash, new Quorum.Alone<>(Optional.of(receipt))));
                case Quorum.Agreed<Map<Hash32, Receipt>>(Map<Hash32, Receipt> receipts) ->
                    receipts.forEach((hash, receipt) -> found.put(hash, new Quorum.Agreed<>(Optional.of(receipt))));
                case Quorum.Split<Map<Hash32, Receipt>> _ -> {
                    // Each of them is asked for, so that it shows which ones are disputed.
                }
                case Quorum.Silence<Map<Hash32, Receipt>> _ -> refused.incrementAndGet();
            }
        }
        if (!found.isEmpty()) {
            refused.set(0);
        }
        return found;
    }

    private static Map<Hash32, Receipt> among(Set<Hash32> wanted, JsonNode receipts) {
        Map<Hash32, Receipt> found = new LinkedHashMap<>();
        for (JsonNode receipt : receipts) {
            // Those of others may have any shape.
            if (wanted.contains(RpcDecoder.hashOf(receipt))) {
                Receipt read = RpcDecoder.receipt(receipt);
                found.put(read.transactionHash(), read);
            }
        }
        return found;
    }

    /** What endpoints must agree on. */
    private static Map<Hash32, List<Object>> essence(Map<Hash32, Receipt> receipts) {
        Map<Hash32, List<Object>> essence = new TreeMap<>();
        receipts.forEach((hash, receipt) -> essence.put(hash, receipt.essence()));
        return essence;
    }
}
