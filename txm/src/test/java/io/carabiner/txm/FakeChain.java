package io.carabiner.txm;

import io.carabiner.crypto.Keccak256;
import io.carabiner.crypto.Rlp;
import io.carabiner.crypto.RlpItem;
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
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A chain of one account that misbehaves as told, from a seed. Used by one thread. */
final class FakeChain implements ChainAccess {

    /** Data that starts with this byte is refused for good. */
    static final byte BAD = (byte) 0xbd;

    /** Data that starts with this byte is taken and never mined; the endpoint forgets it. */
    static final byte STUCK = (byte) 0x57;

    static final long FINALITY = 12;

    /** A transaction as the chain sees it. */
    record Tx(
            Hash32 hash,
            long nonce,
            BigInteger tipCap,
            BigInteger feeCap,
            BigInteger gas,
            Address to,
            BigInteger value,
            Bytes data,
            Bytes raw,
            boolean foreign) {

        static Tx decode(Bytes raw) {
            RlpItem.Sequence fields = (RlpItem.Sequence) Rlp.decode(raw.slice(1, raw.size()));
            return new Tx(
                    Keccak256.hash(raw),
                    number(fields, 1).longValueExact(),
                    number(fields, 2),
                    number(fields, 3),
                    number(fields, 4),
                    Address.of(((RlpItem.Text) fields.items().get(5)).bytes().toArray()),
                    number(fields, 6),
                    ((RlpItem.Text) fields.items().get(7)).bytes(),
                    raw,
                    false);
        }

        /** Somebody else's. */
        static Tx foreign(long nonce, int number) {
            return new Tx(
                    hashOf("foreign " + number),
                    nonce,
                    BigInteger.ONE,
                    BigInteger.TWO,
                    BigInteger.TEN,
                    Address.ZERO,
                    BigInteger.ZERO,
                    Bytes.of((byte) 0xff, (byte) number, (byte) (number >> 8)),
                    Bytes.EMPTY,
                    true);
        }

        private static BigInteger number(RlpItem.Sequence fields, int place) {
            return ((RlpItem.Text) fields.items().get(place)).toNumber();
        }
    }

    /** A block. */
    record Block(long number, Hash32 hash, Hash32 parent, List<Tx> txs) {

        Head head() {
            return new Head(
                    number,
                    hash,
                    parent,
                    Instant.EPOCH.plusSeconds(number),
                    Optional.empty(),
                    Hash32.ZERO,
                    Hash32.ZERO,
                    Hash32.ZERO,
                    Bytes.EMPTY);
        }
    }

    private final Random random;
    private final List<Block> blocks = new ArrayList<>();
    private final TreeMap<Long, Tx> pool = new TreeMap<>();
    /** Every distinct payload that was ever given to the chain, by nonce. */
    final Map<Long, Set<Bytes>> payloads = new TreeMap<>();

    private int salt;
    /** Percent of calls that go wrong. */
    int troublePercent;

    boolean broke;
    /** Called before and after each broadcast: may crash. */
    Runnable aroundSend = () -> {};

    FakeChain(Random random) {
        this.random = random;
        blocks.add(new Block(0, hashOf("genesis"), Hash32.ZERO, List.of()));
    }

    private static Hash32 hashOf(String text) {
        return Keccak256.hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private boolean trouble() {
        return random.nextInt(100) < troublePercent;
    }

    Head newest() {
        return blocks.getLast().head();
    }

    long count() {
        return blocks.stream().mapToLong(block -> block.txs().size()).sum();
    }

    List<Tx> canonical() {
        return blocks.stream().flatMap(block -> block.txs().stream()).toList();
    }

    int poolSize() {
        return pool.size();
    }

    /** A block with some of what the pool has in a row. */
    void mine() {
        List<Tx> txs = new ArrayList<>();
        int room = random.nextInt(12);
        for (long nonce = count(); txs.size() < room && pool.containsKey(nonce) && !stuck(pool.get(nonce)); nonce++) {
            txs.add(pool.remove(nonce));
        }
        append(txs);
    }

    private static boolean stuck(Tx tx) {
        return !tx.data().isEmpty() && tx.data().at(0) == STUCK;
    }

    /** Whether nothing waits in the pool that could be mined. */
    boolean drained() {
        Tx next = pool.get(count());
        return next == null || stuck(next);
    }

    /** Somebody else uses the key's next nonce, or one of the next. */
    void foreign() {
        long nonce = count() + random.nextInt(2);
        pool.put(nonce, Tx.foreign(nonce, salt++));
        mine();
    }

    /** The nonces that somebody else has used. */
    Set<Long> foreignNonces() {
        Set<Long> nonces = new HashSet<>();
        canonical().stream().filter(Tx::foreign).forEach(tx -> nonces.add(tx.nonce()));
        pool.values().stream().filter(Tx::foreign).forEach(tx -> nonces.add(tx.nonce()));
        return nonces;
    }

    private void append(List<Tx> txs) {
        Block parent = blocks.getLast();
        blocks.add(new Block(parent.number() + 1, hashOf(parent.hash() + "/" + salt++), parent.hash(), txs));
    }

    /** Replaces the newest blocks; some of their transactions return to the pool, others are gone. */
    void reorg(int depth) {
        int gone = Math.min(depth, blocks.size() - 1);
        List<Tx> dropped = new ArrayList<>();
        for (int i = 0; i < gone; i++) {
            dropped.addAll(blocks.removeLast().txs());
        }
        boolean keep = random.nextInt(3) > 0;
        dropped.stream().filter(tx -> keep || random.nextBoolean()).forEach(tx -> pool.putIfAbsent(tx.nonce(), tx));
        for (int i = 0; i <= gone; i++) {
            mine();
        }
    }

    /** The pool forgets some transactions. */
    void evict() {
        pool.keySet().removeIf(nonce -> random.nextInt(3) == 0);
    }

    @Override
    public ChainId chainId() {
        return ChainId.of(1337);
    }

    @Override
    public long minedCount(Address key) {
        failSometimes();
        return trouble() ? Math.max(0, count() - random.nextInt(3)) : count();
    }

    @Override
    public long pendingCount(Address key) {
        failSometimes();
        long next = count();
        while (pool.containsKey(next)) {
            next++;
        }
        return next;
    }

    private void failSometimes() {
        if (trouble()) {
            throw new IllegalStateException("the fake endpoint is down");
        }
    }

    @Override
    public List<SendOutcome> send(List<Bytes> signed) {
        aroundSend.run();
        List<SendOutcome> outcomes = signed.stream().map(this::sendOne).toList();
        aroundSend.run();
        return outcomes;
    }

    private SendOutcome sendOne(Bytes raw) {
        Tx tx = Tx.decode(raw);
        payloads.computeIfAbsent(tx.nonce(), nonce -> new HashSet<>())
                .add(tx.data().concat(Bytes.of(tx.value().toByteArray())));
        if (trouble()) {
            return misbehave(tx);
        }
        return take(tx);
    }

    private SendOutcome misbehave(Tx tx) {
        return switch (random.nextInt(6)) {
            case 0 -> new SendOutcome.Retryable("no answer");
            case 1 -> {
                take(tx);
                yield new SendOutcome.Retryable("taken, but the answer was lost");
            }
            case 2 -> new SendOutcome.Accepted();
            case 3 -> new SendOutcome.Unknown("words that nobody knows");
            case 4 -> new SendOutcome.Underpriced("too cheap");
            default -> new SendOutcome.NonceTooHigh("the earlier one is not here yet");
        };
    }

    private SendOutcome take(Tx tx) {
        if (tx.nonce() < count()) {
            return new SendOutcome.NonceTooLow("nonce too low");
        }
        if (broke) {
            return new SendOutcome.InsufficientFunds("no coins");
        }
        if (!tx.data().isEmpty() && tx.data().at(0) == BAD) {
            return new SendOutcome.Fatal("can never be valid");
        }
        Tx there = pool.get(tx.nonce());
        if (there != null && there.hash().equals(tx.hash())) {
            return new SendOutcome.AlreadyKnown("already known");
        }
        if (there != null
                && tx.feeCap()
                                .compareTo(there.feeCap()
                                        .multiply(BigInteger.valueOf(110))
                                        .divide(BigInteger.valueOf(100)))
                        < 0
                && !there.foreign()
                && !stuck(there)) {
            return new SendOutcome.ReplacementUnderpriced("replacement transaction underpriced");
        }
        pool.put(tx.nonce(), tx);
        return new SendOutcome.Accepted();
    }

    @Override
    public List<Optional<MinedReceipt>> receipts(List<Hash32> hashes) {
        failSometimes();
        return hashes.stream().map(this::receipt).toList();
    }

    private Optional<MinedReceipt> receipt(Hash32 hash) {
        for (Block block : blocks) {
            for (int place = 0; place < block.txs().size(); place++) {
                if (block.txs().get(place).hash().equals(hash)) {
                    return trouble()
                            ? Optional.empty()
                            : Optional.of(new MinedReceipt(hash, block.number(), block.hash(), place, true, "{}"));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Boolean> known(List<Hash32> hashes) {
        failSometimes();
        return hashes.stream().map(this::known).toList();
    }

    private boolean known(Hash32 hash) {
        return canonical().stream().anyMatch(tx -> tx.hash().equals(hash))
                || pool.values().stream().anyMatch(tx -> tx.hash().equals(hash) && !stuck(tx));
    }

    @Override
    public Set<Hash32> skipped(List<Hash32> hashes) {
        return Set.of();
    }

    @Override
    public List<SpentNonce> spent(Address key, long fromNonce, long toNonce, long head) {
        failSometimes();
        List<SpentNonce> found = new ArrayList<>();
        for (Block block : blocks) {
            block.txs().stream()
                    .filter(tx -> tx.nonce() >= fromNonce && tx.nonce() < toNonce)
                    .forEach(tx -> found.add(spent(tx, block.number())));
        }
        return found;
    }

    private static SpentNonce spent(Tx tx, long block) {
        Payload payload =
                new Payload(tx.to(), tx.data(), new Wei(tx.value()), tx.gas().longValueExact());
        FeeQuote fee = new FeeQuote.Dynamic(new Wei(tx.feeCap()), new Wei(tx.tipCap()));
        Optional<SignedAttempt> signed = tx.foreign()
                ? Optional.empty()
                : Optional.of(
                        new SignedAttempt(tx.hash(), tx.raw(), fee, tx.gas().longValueExact(), false));
        return new SpentNonce(tx.nonce(), tx.hash(), Optional.of(payload), signed, block);
    }

    @Override
    public Bytes call(Address contract, Bytes data, BlockTag at) {
        throw new UnsupportedOperationException("there are no contracts here");
    }

    @Override
    public Wei balance(Address account) {
        return Wei.ofGwei(1);
    }

    @Override
    public List<Optional<Head>> blocks(List<Long> numbers) {
        failSometimes();
        return numbers.stream()
                .map(number -> number < blocks.size()
                        ? Optional.of(blocks.get(Math.toIntExact(number)).head())
                        : Optional.<Head>empty())
                .toList();
    }

    @Override
    public long finalizedNumber(Head newest) {
        return newest.number() - FINALITY;
    }

    @Override
    public FeeQuote quote(Address key) {
        return new FeeQuote.Dynamic(Wei.ofGwei(100), Wei.ofGwei(1));
    }

    @Override
    public FeeBump bump(FeeQuote previous, Address key) {
        FeeQuote.Dynamic old = (FeeQuote.Dynamic) previous;
        FeeQuote.Dynamic raised = new FeeQuote.Dynamic(percent(old.feeCap()), percent(old.tipCap()));
        Wei limit = Wei.ofGwei(1000);
        return raised.feeCap().compareTo(limit) > 0
                ? new FeeBump.AtLimit(previous, raised, limit)
                : new FeeBump.Raised(raised);
    }

    private static Wei percent(Wei wei) {
        return new Wei(wei.amount().multiply(BigInteger.valueOf(120)).divide(BigInteger.valueOf(100)));
    }

    @Override
    public long gasLimit(long wanted, int dataBytes) {
        return wanted;
    }
}
