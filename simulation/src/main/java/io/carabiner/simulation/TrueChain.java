package io.carabiner.simulation;

import io.carabiner.crypto.Keccak256;
import io.carabiner.evm.Head;
import io.carabiner.evm.LogEntry;
import io.carabiner.jobs.SimulatedJob;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The chain as it is, with one oracle contract: a request is open until it is answered or cancelled, and an answer to
 * what is not open reverts. It grows, reorganises, forgets what waits, and has price spikes, as it is told.
 */
final class TrueChain {

    static final Address CONTRACT = Address.fromHex("00000000000000000000000000000000000000aa");
    static final Address STRANGER = Address.fromHex("00000000000000000000000000000000000000bb");
    static final long BASE_FEE_GWEI = 10;

    /** What a user does. */
    record Ask(Hash32 request, boolean cancel, long juels) {}

    /** A transaction of the node in a block. */
    record Mined(RawTransaction transaction, boolean successful) {}

    /**
     * A block and what is true after it.
     *
     * @param counts how many transactions of each key there are
     * @param open the requests that can be answered
     */
    record Block(
            Head head,
            List<Ask> asks,
            List<LogEntry> logs,
            List<Mined> mined,
            Map<Address, Long> counts,
            Set<Hash32> open) {

        long number() {
            return head.number();
        }

        Hash32 hash() {
            return head.hash();
        }
    }

    private final Random random;
    private final boolean bloomFilled;
    private final Map<Hash32, Block> all = new HashMap<>();
    private final Map<Hash32, List<Block>> minedIn = new HashMap<>();
    private final List<Ask> asked = new ArrayList<>();
    private final Map<Address, SortedMap<Long, RawTransaction>> pool = new HashMap<>();
    private List<Block> canonical = new ArrayList<>();
    private List<Block> stale = List.of();
    private int made;
    private int reorgs;
    private long spikeBlocks;

    TrueChain(Random random, boolean bloomFilled) {
        this.random = random;
        this.bloomFilled = bloomFilled;
        canonical.add(block(Optional.empty(), List.of(), List.of()));
        stale = List.copyOf(canonical);
    }

    List<Block> canonical() {
        return canonical;
    }

    /** The newest blocks before the last reorg, with all under them. */
    List<Block> stale() {
        return stale;
    }

    Block tip() {
        return canonical.getLast();
    }

    Block byHash(Hash32 hash) {
        Block block = all.get(hash);
        if (block == null) {
            throw new AssertionError("a block that never was: " + hash);
        }
        return block;
    }

    /** How often there was a reorg. */
    int reorgs() {
        return reorgs;
    }

    /** Changes whenever anything does. */
    int version() {
        return made;
    }

    void ask(Ask ask) {
        asked.add(ask);
    }

    /** For so many blocks nobody of ours can pay the price. */
    void spike(int blocks) {
        spikeBlocks = blocks;
    }

    void calm() {
        spikeBlocks = 0;
    }

    /** A block with some of what waits. */
    void mine() {
        List<Ask> asks = new ArrayList<>();
        while (!asked.isEmpty() && random.nextInt(4) > 0) {
            asks.add(asked.removeFirst());
        }
        canonical.add(block(Optional.of(tip()), asks, waiting(tip().counts())));
        spikeBlocks = Math.max(0, spikeBlocks - 1);
    }

    private List<RawTransaction> waiting(Map<Address, Long> counts) {
        List<RawTransaction> chosen = new ArrayList<>();
        if (spikeBlocks > 0) {
            return chosen;
        }
        int room = random.nextInt(10);
        for (Map.Entry<Address, SortedMap<Long, RawTransaction>> ofKey : sortedPool()) {
            long nonce = counts.getOrDefault(ofKey.getKey(), 0L);
            while (chosen.size() < room && ofKey.getValue().containsKey(nonce)) {
                chosen.add(ofKey.getValue().remove(nonce++));
            }
        }
        return chosen;
    }

    private List<Map.Entry<Address, SortedMap<Long, RawTransaction>>> sortedPool() {
        return pool.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    }

    private Block block(Optional<Block> parent, List<Ask> asks, List<RawTransaction> transactions) {
        long number = parent.map(block -> block.number() + 1).orElse(0L);
        Hash32 under = parent.map(Block::hash).orElse(Hash32.ZERO);
        Hash32 hash = Keccak256.hashText("block " + number + " " + made++ + " " + under);
        Map<Address, Long> counts = new HashMap<>(parent.map(Block::counts).orElse(Map.of()));
        Set<Hash32> open = new HashSet<>(parent.map(Block::open).orElse(Set.of()));
        List<LogEntry> logs = new ArrayList<>();
        for (Ask ask : asks) {
            boolean happens = ask.cancel() ? open.remove(ask.request()) : open.add(ask.request());
            if (happens) {
                logs.add(log(ask, number, hash, logs.size()));
            }
        }
        List<Mined> mined = new ArrayList<>();
        for (RawTransaction transaction : transactions) {
            counts.merge(transaction.from(), 1L, Long::sum);
            boolean successful = transaction.data().isEmpty() || open.remove(transaction.request());
            mined.add(new Mined(transaction, successful));
        }
        Block block = new Block(head(number, hash, under, logs), asks, logs, mined, counts, open);
        all.put(hash, block);
        mined.forEach(one -> minedIn.computeIfAbsent(one.transaction().hash(), any -> new ArrayList<>())
                .add(block));
        return block;
    }

    private Head head(long number, Hash32 hash, Hash32 under, List<LogEntry> logs) {
        return new Head(
                number,
                hash,
                under,
                Instant.ofEpochSecond(1_700_000_000L + number),
                Optional.of(baseFee()),
                Hash32.ZERO,
                Hash32.ZERO,
                Hash32.ZERO,
                bloomFilled ? Blooms.of(logs) : Blooms.EMPTY);
    }

    private Wei baseFee() {
        return Wei.ofGwei(spikeBlocks > 0 ? BASE_FEE_GWEI * 1_000 : BASE_FEE_GWEI);
    }

    private static LogEntry log(Ask ask, long number, Hash32 block, int place) {
        Hash32 user = Keccak256.hashText("user's transaction " + ask);
        return ask.cancel()
                ? entry(List.of(SimulatedJob.CANCEL, ask.request()), Bytes.EMPTY, number, block, user, place)
                : entry(List.of(SimulatedJob.REQUEST, SimulatedJob.topic()), data(ask), number, block, user, place);
    }

    private static LogEntry entry(
            List<Hash32> topics, Bytes data, long number, Hash32 block, Hash32 transaction, int place) {
        return new LogEntry(CONTRACT, topics, data, number, block, transaction, place, place);
    }

    /** The eight words of the event and no bytes behind them. */
    private static Bytes data(Ask ask) {
        return word(BigInteger.ONE)
                .concat(ask.request().bytes())
                .concat(word(BigInteger.valueOf(ask.juels())))
                .concat(word(BigInteger.TWO))
                .concat(word(BigInteger.ZERO))
                .concat(word(BigInteger.ZERO))
                .concat(word(BigInteger.ONE))
                .concat(word(BigInteger.valueOf(256)))
                .concat(word(BigInteger.ZERO));
    }

    private static Bytes word(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] word = new byte[Hash32.SIZE];
        System.arraycopy(bytes, 0, word, word.length - bytes.length, bytes.length);
        return Bytes.of(word);
    }

    /** Exchanges the newest blocks; what was in them waits again, or some of it is gone. */
    void reorg(int depth, int fresh) {
        int gone = Math.min(depth, canonical.size() - 1);
        stale = List.copyOf(canonical);
        reorgs++;
        List<Block> dropped = canonical.subList(canonical.size() - gone, canonical.size());
        boolean forgets = random.nextInt(3) == 0;
        for (Block block : dropped) {
            block.mined().stream()
                    .map(Mined::transaction)
                    .filter(transaction -> !forgets || random.nextBoolean())
                    .forEach(transaction -> poolOf(transaction.from()).putIfAbsent(transaction.nonce(), transaction));
            block.asks().stream().filter(ask -> random.nextInt(8) > 0).forEach(asked::add);
        }
        canonical = new ArrayList<>(canonical.subList(0, canonical.size() - gone));
        for (int i = 0; i < fresh; i++) {
            mine();
        }
    }

    SortedMap<Long, RawTransaction> poolOf(Address key) {
        return pool.computeIfAbsent(key, any -> new TreeMap<>());
    }

    /** Whether a transaction waits to be mined. */
    boolean waits(Hash32 transaction) {
        return pool.values().stream().flatMap(ofKey -> ofKey.values().stream()).anyMatch(one -> one.hash()
                .equals(transaction));
    }

    /** What waits is partly forgotten. */
    void evict() {
        sortedPool().forEach(ofKey -> ofKey.getValue().keySet().removeIf(nonce -> random.nextInt(3) == 0));
    }

    /** Where a transaction is in a line of blocks. */
    Optional<Block> where(Hash32 transaction, List<Block> line) {
        return minedIn.getOrDefault(transaction, List.of()).stream()
                .filter(block -> block.number() < line.size()
                        && line.get(Math.toIntExact(block.number())).hash().equals(block.hash()))
                .findFirst();
    }
}
