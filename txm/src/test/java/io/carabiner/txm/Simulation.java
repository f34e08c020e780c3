package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.config.EvmConfig;
import io.carabiner.crypto.Signature;
import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.TestClock;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * One life of a key, from a seed: a chain that misbehaves, a process that crashes anywhere, and a checker beside them.
 */
final class Simulation {

    private static final Address KEY = Address.fromHex("0x00000000000000000000000000000000000000aa");
    /** Data that starts with this byte is refused by the guard. */
    private static final byte FORBIDDEN = (byte) 0xfb;

    private static final int SETTLE_ROUNDS_MAX = 1_000;

    /** The process dies here. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Random random;
    private final FakeChain chain;
    private final MemoryStore store = new MemoryStore();
    private final TestClock clock = new TestClock();
    private final TxmSettings settings;
    private int crashPercent;
    private final Set<Long> cancelled = new HashSet<>();
    private final Set<Bytes> everAsked = new LinkedHashSet<>();
    private boolean foreigners;
    private boolean restored;
    private int asked;
    private KeyOwner owner;
    private FactsCollector collector;

    Simulation(long seed) {
        random = new Random(seed);
        chain = new FakeChain(random);
        settings = new TxmSettings(
                random.nextBoolean() ? 4 : 20,
                0,
                random.nextInt(4),
                random.nextInt(3) * 4L,
                21_000,
                Duration.ofSeconds(60),
                Duration.ZERO,
                Duration.ZERO,
                true,
                FakeChain.FINALITY,
                false,
                false,
                purge(random),
                random.nextInt(4) == 0 ? "zkevm" : "");
        chain.aroundSend = this::crashSometimes;
        store.aroundCommit = this::crashSometimes;
        boot();
    }

    /** A guard that refuses what it must, and now and then lets others wait or fails. */
    private final SendGate gate = new SendGate() {
        @Override
        public List<GateAnswer> ask(Address key, List<SendQuestion> queued) {
            if (random.nextInt(100) < chain.troublePercent / 4) {
                throw new IllegalStateException("the guard fails");
            }
            return queued.stream().map(this::answer).toList();
        }

        private GateAnswer answer(SendQuestion question) {
            if (question.data().at(0) == FORBIDDEN) {
                return new GateAnswer.Refuse("forbidden");
            }
            return random.nextInt(100) < chain.troublePercent ? new GateAnswer.Wait("not now") : new GateAnswer.Allow();
        }

        @Override
        public void nonceGiven(WriteTransaction tx, List<Long> transactionIds) {
            throw new AssertionError("only a real store has transactions");
        }
    };

    private static EvmConfig.AutoPurge purge(Random random) {
        boolean enabled = random.nextInt(3) == 0;
        return new EvmConfig.AutoPurge(
                enabled, Optional.of(6L + random.nextInt(6)), Optional.of(1L + random.nextInt(2)), Optional.empty());
    }

    /** Whether what is stuck is found out: never without bumps. */
    private boolean unsticks() {
        return settings.autoPurge().enabled() && settings.bumpThreshold() > 0;
    }

    private void crashSometimes() {
        if (random.nextInt(100) < crashPercent) {
            throw new Crash();
        }
    }

    private void boot() {
        AttemptSigner signer = new AttemptSigner(ChainId.of(1337), Simulation::sign);
        TxmObserver observer = new TxmObserver(ChainId.of(1337), new Metrics(), clock);
        owner = new KeyOwner(KEY, new KeyContext(chain, store, signer, gate, settings, observer, clock, () -> {}));
        collector = new FactsCollector(chain);
    }

    private static Signature sign(Address key, Hash32 digest) {
        return new Signature(
                0, new BigInteger(1, digest.toArray()).shiftRight(1).add(BigInteger.ONE), BigInteger.ONE);
    }

    /** Trouble for a while, then peace until all is over. */
    void live(int steps) throws InterruptedException {
        chain.troublePercent = random.nextInt(3) * 10;
        crashPercent = random.nextInt(3) * 4;
        foreigners = random.nextInt(4) == 0;
        int backupAt = random.nextInt(3) == 0 ? random.nextInt(steps) : -1;
        Map<Long, MemoryStore.Row> backup = Map.of();
        for (int i = 0; i < steps; i++) {
            move();
            check();
            if (i == backupAt) {
                backup = store.backup();
            }
        }
        chain.troublePercent = 0;
        chain.broke = false;
        crashPercent = 0;
        comeToRest();
        checkEnd();
        if (backupAt >= 0) {
            restore(backup);
            comeToRest();
            checkEnd();
        }
    }

    /** All is over, then the rows are those of long ago; what was asked for since then is read from the logs again. */
    private void restore(Map<Long, MemoryStore.Row> backup) {
        restored = true;
        Set<Bytes> lost = new LinkedHashSet<>(everAsked);
        backup.values().forEach(row -> lost.remove(row.payload.data()));
        store.restore(backup);
        lost.forEach(store::enqueueAgain);
        boot();
    }

    private void move() throws InterruptedException {
        switch (random.nextInt(12)) {
            case 0, 1 -> ask();
            case 2, 3, 4, 5 -> work(1 + random.nextInt(4));
            case 6, 7 -> chain.mine();
            case 8 -> look();
            case 9 -> clock.advance(Duration.ofSeconds(random.nextInt(90)));
            case 10 -> disturb();
            default -> {
                chain.mine();
                look();
                work(3);
            }
        }
    }

    private void disturb() {
        switch (random.nextInt(7)) {
            case 5 -> operate();
            case 6 -> {
                if (foreigners && random.nextInt(3) == 0) {
                    chain.foreign();
                }
            }
            case 0 -> chain.reorg(1 + random.nextInt(6));
            case 1 -> chain.evict();
            case 2 -> chain.broke = !chain.broke;
            case 3 -> boot();
            default -> chain.mine();
        }
    }

    /** A person does something to any transaction, at any moment. */
    private void operate() {
        if (asked == 0) {
            return;
        }
        long id = 1L + random.nextInt(asked);
        OperatorAction action =
                switch (random.nextInt(5)) {
                    case 0 -> new OperatorAction.Cancel(id);
                    case 1 -> new OperatorAction.FillNonces(KEY);
                    case 2, 3 -> new OperatorAction.Bump(id);
                    default -> new OperatorAction.Rebroadcast(id);
                };
        if (action instanceof OperatorAction.Cancel) {
            cancelled.add(id);
        }
        owner.inbox().order(new Order(action, "a person"));
    }

    private void ask() {
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            byte first =
                    switch (random.nextInt(12)) {
                        case 0 -> FakeChain.BAD;
                        case 1 -> FORBIDDEN;
                        case 2 -> unsticks() && random.nextInt(6) == 0 ? FakeChain.STUCK : 1;
                        default -> 1;
                    };
            Bytes data = Bytes.of(first)
                    .concat(Bytes.of(ByteBuffer.allocate(4).putInt(asked++).array()));
            everAsked.add(data);
            store.enqueue(data, random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(3)));
        }
        if (random.nextInt(8) > 0) {
            // Else whoever asked never heard that it was stored.
            owner.inbox().wake();
        }
    }

    private void work(int steps) throws InterruptedException {
        try {
            for (int i = 0; i < steps; i++) {
                owner.step();
            }
        } catch (Crash crash) {
            boot();
        }
    }

    private void look() {
        owner.inbox().head(chain.newest().number());
        if (owner.snapshot().isEmpty() || owner.snapshot().get().idle()) {
            return;
        }
        try {
            owner.inbox()
                    .facts(collector
                            .collect(chain.newest(), List.of(owner.snapshot().get()))
                            .getFirst());
        } catch (RuntimeException e) {
            assertThat(e).hasMessageContaining("the fake endpoint is down");
        }
    }

    private void comeToRest() throws InterruptedException {
        for (int i = 0; i < SETTLE_ROUNDS_MAX && !atRest(); i++) {
            chain.mine();
            look();
            clock.advance(Duration.ofSeconds(20));
            work(8);
        }
    }

    private String unfinished() {
        return store.rows.values().stream()
                        .filter(row -> row.tracked || row.state == TransactionState.UNSTARTED)
                        .limit(3)
                        .map(row -> row.id + " " + row.state + " nonce " + row.nonce + " attempts "
                                + row.attempts.stream().map(Attempt::state).toList() + " purge " + row.purgeReason)
                        .toList()
                + ", the chain has " + chain.count() + ", restored " + restored + ", foreigners " + foreigners
                + ", trouble " + owner.trouble() + ", gap "
                + owner.snapshot().map(state -> HeadRules.gap(state, chain.count())) + " bumps after "
                + settings.bumpThreshold();
    }

    private boolean atRest() {
        return store.rows.values().stream().allMatch(row -> !row.tracked && row.state != TransactionState.UNSTARTED);
    }

    /** What must hold at every moment. */
    private void check() {
        Set<Long> nonces = new TreeSet<>(chain.foreignNonces());
        store.rows.values().forEach(row -> row.nonce.ifPresent(nonces::add));
        if (restored) {
            chain.canonical().forEach(tx -> nonces.add(tx.nonce()));
        }
        if (!foreigners) {
            assertThat(nonces).as("stored nonces have no gap").hasSize(nonces.isEmpty() ? 0 : (int) max(nonces) + 1);
        }
        assertThat(minedTimes().values()).as("nothing is mined twice").allMatch(times -> times == 1);
        if (!restored) {
            chain.payloads.forEach(this::checkPayloads);
        }
        assertThat(store.rows.values()).as("nobody is told twice").allMatch(row -> row.told <= 1);
    }

    private Map<Bytes, Integer> minedTimes() {
        Map<Bytes, Integer> mined = new HashMap<>();
        chain.canonical().stream()
                .filter(tx -> !tx.data().isEmpty())
                .forEach(tx -> mined.merge(tx.data(), 1, Integer::sum));
        return mined;
    }

    private static long max(Set<Long> nonces) {
        return nonces.stream().mapToLong(nonce -> nonce).max().orElseThrow();
    }

    private void checkPayloads(long nonce, Set<Bytes> payloads) {
        MemoryStore.Row row = store.rows.values().stream()
                .filter(one -> one.nonce.orElse(-1) == nonce)
                .findFirst()
                .orElseThrow();
        assertThat(payloads)
                .as("nonce %s has one payload, or is purged", nonce)
                .hasSizeLessThanOrEqualTo(row.purgeReason.isPresent() ? 2 : 1);
    }

    /** What must hold when all is over. */
    private void checkEnd() {
        check();
        assertThat(atRest()).as("all is over: %s", unfinished()).isTrue();
        Map<Bytes, Integer> mined = minedTimes();
        store.rows.values().stream().filter(row -> !row.filler).forEach(row -> checkEnd(row, mined));
        Set<Long> nonces = new TreeSet<>(chain.foreignNonces());
        store.rows.values().forEach(row -> row.nonce.ifPresent(nonces::add));
        if (restored) {
            assertThat(chain.count()).as("no nonce is empty").isGreaterThanOrEqualTo(nonces.size());
        } else {
            assertThat(chain.count()).as("the chain has all nonces").isEqualTo(nonces.size());
        }
    }

    private void checkEnd(MemoryStore.Row row, Map<Bytes, Integer> mined) {
        assertThat(row.told).as("row %s was told once", row.id).isEqualTo(1);
        int times = mined.getOrDefault(row.payload.data(), 0);
        if (row.state == TransactionState.FATAL_ERROR) {
            assertThat(mayFail(row))
                    .as("row %s failed for a reason: %s", row.id, row.error)
                    .isTrue();
            assertThat(times)
                    .as(
                            "row %s failed and was not mined: %s nonce %s restored %s",
                            row.id, row.error, row.nonce, restored)
                    .isZero();
        } else {
            assertThat(mustFail(row))
                    .as("row %s is of those that must fail", row.id)
                    .isFalse();
            assertThat(row.state).isEqualTo(TransactionState.FINALIZED);
            assertThat(times).as("row %s is mined once", row.id).isEqualTo(1);
        }
    }

    private static boolean mustFail(MemoryStore.Row row) {
        return row.payload.data().at(0) != 1;
    }

    /** Refused, cancelled, stuck or thought to be so, or its nonce was taken by another. */
    private boolean mayFail(MemoryStore.Row row) {
        return mustFail(row)
                || cancelled.contains(row.id)
                || settings.autoPurge().enabled()
                || (row.nonce.isPresent() && chain.foreignNonces().contains(row.nonce.getAsLong()));
    }
}
