package io.carabiner.txm;

import io.carabiner.evm.Head;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.FaultException;
import io.carabiner.primitives.Hash32;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Asks the chain what a head means for a key: at most the key's count, the receipts of what may be mined in one batch,
 * and a few headers where the line of heads was broken or a block becomes final. Used by one thread.
 */
final class FactsCollector {

    /** How many headers are asked for at first, and how much more each time, to find where two forks part. */
    static final int FORK_SEARCH_GROWTH = 16;

    /** How often a receipt must be missing before it is looked for who used the nonce. */
    static final int LOOKS_BEFORE_SEARCH = 2;

    private final ChainAccess chain;
    /** Who used nonces of ours, as far as it was looked for; empty where that could not be found out. */
    private final Map<KeyNonce, Optional<SpentNonce>> spenders = new HashMap<>();

    private record KeyNonce(Address key, long nonce) {}

    private final RecentBlocks recent = new RecentBlocks();
    /** Blocks with transactions of ours that are all in the chain of the newest head. */
    private final TreeSet<BlockId> verified = new TreeSet<>();
    /** Receipts of looks that failed later on, so that the next look goes on from there. */
    private final Map<Hash32, MinedReceipt> heard = new HashMap<>();
    /** The newest head of the last look. */
    private long lookedAt;

    FactsCollector(ChainAccess chain) {
        this.chain = chain;
    }

    /** What the head means for all these keys, in their order. */
    List<HeadFacts> collect(Head head, List<KeyState> keys) {
        if (!recent.advance(head)) {
            verifyAgain();
            spenders.clear();
        }
        verified.retainAll(
                keys.stream().flatMap(key -> key.mined().keySet().stream()).collect(Collectors.toSet()));
        long finalized = keys.isEmpty() ? -1 : chain.finalizedNumber(head);
        List<HeadFacts> facts =
                keys.stream().map(key -> facts(head, finalized, key)).toList();
        lookedAt = head.number();
        heard.clear();
        return facts;
    }

    private HeadFacts facts(Head head, long finalized, KeyState key) {
        Map<Long, Hash32> canonical = canonical(head, finalized, key);
        long minedCount = key.inFlight().isEmpty() ? key.nextNonce() : chain.minedCount(key.key());
        List<Hash32> wanted = wanted(key, minedCount, canonical);
        // Most of what is mined was mined since the last look.
        List<Hash32> asked =
                wanted.stream().filter(hash -> !heard.containsKey(hash)).toList();
        chain.receipts(asked, lookedAt + 1, head.number()).stream()
                .flatMap(Optional::stream)
                .forEach(there -> heard.put(there.transactionHash(), there));
        Map<Hash32, MinedReceipt> receipts = new HashMap<>(heard);
        receipts.keySet().retainAll(wanted);
        Set<Hash32> absent = new HashSet<>(wanted);
        absent.removeAll(receipts.keySet());
        keepCanonical(head, receipts);
        return new HeadFacts(
                head.number(), finalized, minedCount, receipts, absent, canonical, spent(head, key, absent));
    }

    private Map<Long, SpentNonce> spent(Head head, KeyState key, Set<Hash32> absent) {
        Map<Long, SpentNonce> found = new HashMap<>();
        Set<KeyNonce> missing = new HashSet<>();
        key.waiting()
                .filter(transaction -> transaction.missingReceipt()
                        && transaction.pace().looksInVain() >= LOOKS_BEFORE_SEARCH
                        && transaction.attempts().stream().allMatch(attempt -> absent.contains(attempt.hash())))
                .forEach(transaction -> {
                    KeyNonce nonce = new KeyNonce(key.key(), transaction.nonce());
                    missing.add(nonce);
                    spenders.computeIfAbsent(nonce, wanted -> spender(wanted, head))
                            .ifPresent(spent -> found.put(spent.nonce(), spent));
                });
        spenders.keySet().removeIf(nonce -> nonce.key().equals(key.key()) && !missing.contains(nonce));
        return found;
    }

    /** Endpoints that keep no old states cannot say: then nobody is named. */
    private Optional<SpentNonce> spender(KeyNonce wanted, Head head) {
        try {
            return chain.spent(wanted.key(), wanted.nonce(), wanted.nonce() + 1, head.number()).stream()
                    .findFirst();
        } catch (FaultException e) {
            return Optional.empty();
        }
    }

    private static List<Hash32> wanted(KeyState key, long minedCount, Map<Long, Hash32> canonical) {
        List<Hash32> hashes = new ArrayList<>();
        key.waiting()
                .filter(transaction -> transaction.nonce() < minedCount)
                .forEach(transaction -> transaction.attempts().forEach(attempt -> hashes.add(attempt.hash())));
        key.mined().values().stream()
                .filter(block -> orphaned(block, canonical))
                .forEach(block -> block.transactions().forEach(transaction -> hashes.add(transaction.attempt())));
        return hashes;
    }

    private static boolean orphaned(MinedBlock block, Map<Long, Hash32> canonical) {
        Hash32 there = canonical.get(block.number());
        return there != null && !there.equals(block.hash());
    }

    /**
     * The line of heads was broken. Where a block is in the chain, so is everything under it; so the newest verified
     * block that is answers for all older ones.
     */
    private void verifyAgain() {
        List<BlockId> newestFirst = List.copyOf(verified.descendingSet());
        verified.clear();
        int width = 1;
        for (int from = 0; from < newestFirst.size(); from += width, width *= FORK_SEARCH_GROWTH) {
            List<BlockId> asked = newestFirst.subList(from, Math.min(from + width, newestFirst.size()));
            List<Optional<Head>> found =
                    chain.blocks(asked.stream().map(BlockId::number).toList());
            for (int i = 0; i < asked.size(); i++) {
                if (isBlock(found.get(i), asked.get(i))) {
                    verified.addAll(newestFirst.subList(from + i, newestFirst.size()));
                    return;
                }
            }
        }
    }

    private static boolean isBlock(Optional<Head> found, BlockId wanted) {
        return found.isPresent() && found.get().hash().equals(wanted.hash());
    }

    /** The canonical hashes at the numbers of the key's blocks: known, verified before, or asked for. */
    private Map<Long, Hash32> canonical(Head head, long finalized, KeyState key) {
        List<BlockId> blocks = List.copyOf(
                key.mined().headMap(BlockId.first(head.number() + 1)).keySet());
        Map<Long, Hash32> canonical = new HashMap<>();
        for (BlockId block : blocks) {
            recent.at(block.number()).ifPresent(hash -> canonical.put(block.number(), hash));
            if (!canonical.containsKey(block.number()) && verified.contains(block)) {
                canonical.put(block.number(), block.hash());
            }
        }
        ask(
                head,
                blocks.stream()
                        .map(BlockId::number)
                        .filter(number -> number <= finalized || !canonical.containsKey(number))
                        .distinct()
                        .toList(),
                canonical);
        blocks.stream()
                .filter(block -> block.hash().equals(canonical.get(block.number())))
                .forEach(verified::add);
        return canonical;
    }

    /**
     * Also what becomes final is asked for once more: nothing looks at it afterwards. Together with the head: who does
     * not have that is stuck on a fork or behind, and knows nothing of what is final.
     */
    private void ask(Head head, List<Long> numbers, Map<Long, Hash32> canonical) {
        if (numbers.isEmpty()) {
            return;
        }
        List<Long> asked = new ArrayList<>(numbers);
        asked.add(head.number());
        List<Optional<Head>> found = chain.blocks(asked);
        boolean knowsHead = isBlock(found.getLast(), new BlockId(head.number(), head.hash()));
        for (int i = 0; i < numbers.size(); i++) {
            long number = numbers.get(i);
            found.get(i)
                    .filter(block -> knowsHead)
                    .ifPresentOrElse(block -> canonical.put(number, block.hash()), () -> canonical.remove(number));
        }
    }

    /** Leaves out receipts of blocks that are newer than the head or in another fork: they are looked at again. */
    private void keepCanonical(Head head, Map<Hash32, MinedReceipt> receipts) {
        receipts.values().removeIf(receipt -> receipt.blockNumber() > head.number());
        List<MinedReceipt> old = receipts.values().stream()
                .filter(receipt -> recent.at(receipt.blockNumber()).isEmpty())
                .toList();
        List<Long> numbers =
                old.stream().map(MinedReceipt::blockNumber).distinct().toList();
        List<Optional<Head>> blocks = chain.blocks(numbers);
        Map<Long, Hash32> known = new HashMap<>();
        for (int i = 0; i < numbers.size(); i++) {
            long number = numbers.get(i);
            blocks.get(i).ifPresent(block -> known.put(number, block.hash()));
        }
        receipts.values().removeIf(receipt -> !receipt.blockHash()
                .equals(recent.at(receipt.blockNumber()).orElse(known.get(receipt.blockNumber()))));
    }
}
