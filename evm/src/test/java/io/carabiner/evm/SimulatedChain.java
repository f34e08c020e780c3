package io.carabiner.evm;

import io.carabiner.crypto.Keccak256;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.rpc.RpcError;
import io.carabiner.rpc.RpcErrorException;
import io.carabiner.rpc.RpcException;
import io.carabiner.rpc.RpcFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * A chain from a seed: it grows, reorganises and shrinks; asked as an endpoint it lags, answers from forks, loses
 * events and refuses ranges, as long as it is told to misbehave.
 */
final class SimulatedChain implements IntakeChain {

    static final Address CONTRACT = Address.fromHex("00000000000000000000000000000000000000aa");
    static final Address OTHER_CONTRACT = Address.fromHex("00000000000000000000000000000000000000bb");
    static final Hash32 TOPIC = Hash32.fromHex("11".repeat(32));
    static final Hash32 OTHER_TOPIC = Hash32.fromHex("22".repeat(32));

    /** An event-free answer is given at most this often in a row: after that the engine may believe it. */
    private static final int LIES_IN_A_ROW_MAX = ShortAnswers.RECHECKS_MAX;

    private static final Bytes EMPTY_BLOOM = Bytes.of(new byte[LogBloom.SIZE]);

    record Block(Head head, List<LogEntry> logs) {}

    private final Random random;
    private final boolean bloomFilled;
    private final boolean bloomLies;
    private final Map<Hash32, Block> all = new HashMap<>();
    private List<Block> canonical = new ArrayList<>();
    private List<Block> stale;
    private int made;
    private int liesInARow;
    private boolean honest;
    int logRangeMax = Integer.MAX_VALUE;
    /** Whether every block holds transactions of others. */
    boolean isBusy;

    /** @param bloomLies whether the filters of some blocks leave events out */
    SimulatedChain(Random random, boolean bloomFilled, boolean bloomLies) {
        this.random = random;
        this.bloomFilled = bloomFilled;
        this.bloomLies = bloomLies;
        grow();
        stale = canonical;
    }

    void behave() {
        honest = true;
    }

    void grow() {
        List<Block> longer = new ArrayList<>(canonical);
        longer.add(next(longer));
        canonical = longer;
    }

    /** Replaces the newest blocks; the new fork may be longer or of the same height. */
    void reorg(int depth, int newBlocks) {
        List<Block> fork = new ArrayList<>(canonical.subList(0, Math.max(1, canonical.size() - depth)));
        for (int i = 0; i < newBlocks; i++) {
            fork.add(next(fork));
        }
        stale = canonical;
        canonical = fork;
    }

    /** A new chain of this many blocks, with another first block. */
    void restart(int blocks) {
        List<Block> fresh = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            fresh.add(next(fresh));
        }
        stale = canonical;
        canonical = fresh;
    }

    private Block next(List<Block> below) {
        long number = below.size();
        Hash32 parent = below.isEmpty() ? Hash32.ZERO : below.getLast().head().hash();
        Hash32 hash = Keccak256.hashText("block " + number + " " + made++ + " " + parent);
        List<LogEntry> logs = new ArrayList<>();
        int count = random.nextInt(3) == 0 ? random.nextInt(4) : 0;
        for (int i = 0; i < count; i++) {
            logs.add(new LogEntry(
                    random.nextBoolean() ? CONTRACT : OTHER_CONTRACT,
                    List.of(random.nextBoolean() ? TOPIC : OTHER_TOPIC),
                    Bytes.of((byte) i),
                    number,
                    hash,
                    Keccak256.hashText("tx " + hash + i),
                    i,
                    i));
        }
        // A chain that lies calls some blocks empty that are not.
        boolean lies = bloomFilled && bloomLies && made > 60 && random.nextInt(8) == 0;
        Hash32 root = lies || (logs.isEmpty() && !isBusy) ? BloomTrust.EMPTY_TRIE : Keccak256.hashText("root " + hash);
        Head head = new Head(
                number,
                hash,
                parent,
                Instant.ofEpochSecond(1_700_000_000L + number),
                Optional.empty(),
                root,
                root,
                Hash32.ZERO,
                bloomFilled ? bloom(lies ? List.of() : logs) : EMPTY_BLOOM);
        Block block = new Block(head, logs);
        all.put(hash, block);
        return block;
    }

    private static Bytes bloom(List<LogEntry> logs) {
        byte[] bloom = new byte[LogBloom.SIZE];
        for (LogEntry log : logs) {
            add(bloom, log.address().bytes());
            log.topics().forEach(topic -> add(bloom, topic.bytes()));
        }
        return Bytes.of(bloom);
    }

    private static void add(byte[] bloom, Bytes value) {
        byte[] hash = Keccak256.digest(value.toArray());
        for (int pair = 0; pair < 6; pair += 2) {
            int bit = (((hash[pair] & 0xff) << 8) | (hash[pair + 1] & 0xff)) & 2047;
            bloom[LogBloom.SIZE - 1 - bit / 8] |= (byte) (1 << (bit % 8));
        }
    }

    Head head() {
        return canonical.getLast().head();
    }

    /** An announced head: now and then an old one, or one of a fork that is gone. */
    Head announced() {
        if (honest || random.nextInt(10) != 0) {
            return head();
        }
        // Lower heads of a fork that is gone do not pass the head tracker; those of the same height do.
        if (random.nextBoolean() && stale.size() >= canonical.size()) {
            return stale.getLast().head();
        }
        return canonical.get(random.nextInt(canonical.size())).head();
    }

    Block byHash(Hash32 hash) {
        return all.get(hash);
    }

    List<Block> canonical() {
        return canonical;
    }

    private List<Block> view() {
        if (honest) {
            return canonical;
        }
        return switch (random.nextInt(8)) {
            case 0 -> stale;
            case 1 -> canonical.subList(0, Math.max(1, canonical.size() - 1 - random.nextInt(5)));
            default -> canonical;
        };
    }

    private void maybeFail() {
        if (!honest && random.nextInt(15) == 0) {
            throw new RpcException(RpcFault.UNREACHABLE, "simulated");
        }
    }

    @Override
    public RangeAnswer read(LogFilter filter, IntakePlan.Read range, boolean headersOfLogs) {
        maybeFail();
        if (range.to() - range.from() + 1 > logRangeMax) {
            throw new RpcErrorException(
                    "sim", new RpcError(-32005, "query returned more than 10 results", Optional.empty()));
        }
        List<Block> headsFrom = view();
        boolean lies = lies(range);
        // Behind a load balancer the events may come from another server than the headers.
        List<Block> logsFrom = lies && random.nextBoolean() ? view() : headsFrom;
        Map<Long, Head> heads = new HashMap<>();
        for (long number : range.headers()) {
            if (number < headsFrom.size()) {
                heads.put(number, headsFrom.get((int) number).head());
            }
        }
        List<LogEntry> logs = new ArrayList<>();
        for (long number = range.from(); number <= range.to() && number < logsFrom.size(); number++) {
            logsFrom.get((int) number).logs().stream().filter(filter::matches).forEach(logs::add);
        }
        if (lies && logsFrom.equals(headsFrom)) {
            logs.clear();
        }
        for (LogEntry log : logs) {
            if (log.blockNumber() < headsFrom.size()) {
                heads.putIfAbsent(
                        log.blockNumber(),
                        headsFrom.get((int) log.blockNumber()).head());
            }
        }
        return new RangeAnswer(logs, heads);
    }

    /**
     * Whether the events of this answer do not fit its headers: only where the headers' blooms can tell, that is on
     * chains that fill them rightly and so near to the head that every header is asked for.
     */
    private boolean lies(IntakePlan.Read range) {
        boolean allHeaders = LongStream.rangeClosed(range.from(), range.to()).allMatch(range.headers()::contains);
        boolean lie = !honest
                && !bloomLies
                && bloomFilled
                && allHeaders
                && liesInARow < LIES_IN_A_ROW_MAX
                && random.nextInt(5) == 0;
        liesInARow = lie ? liesInARow + 1 : 0;
        return lie;
    }

    @Override
    public Optional<List<LogEntry>> logsOf(LogFilter filter, Head head) {
        maybeFail();
        boolean known = view().stream().anyMatch(block -> block.head().hash().equals(head.hash()));
        if (!known) {
            return Optional.empty();
        }
        boolean lie = !honest && !bloomLies && bloomFilled && liesInARow < LIES_IN_A_ROW_MAX && random.nextInt(5) == 0;
        liesInARow = lie ? liesInARow + 1 : 0;
        return Optional.of(
                lie
                        ? List.of()
                        : all.get(head.hash()).logs().stream()
                                .filter(filter::matches)
                                .toList());
    }

    @Override
    public Map<Long, Head> headers(Collection<Long> numbers) {
        maybeFail();
        List<Block> from = view();
        Map<Long, Head> heads = new HashMap<>();
        for (long number : numbers) {
            if (number < from.size()) {
                heads.put(number, from.get((int) number).head());
            }
        }
        return heads;
    }
}
