package io.carabiner.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.rpc.RpcException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/**
 * Random chains with reorgs, and endpoints that lag, lie and fail: the subscriber ends up with exactly what is there.
 */
class IntakeSimulationTest {

    private static final int SEEDS = 1_000;
    private static final int MOVES = 60;
    private static final int FINALITY_DEPTH = 12;
    private static final int BACKFILL_DEPTH = 5;

    @Test
    void anyChain_isStoredExactly() {
        for (long seed = 0; seed < SEEDS; seed++) {
            run(seed, false);
        }
    }

    @Test
    void anyChainWithCrashes_isStoredExactly() {
        for (long seed = 1_000_000; seed < 1_000_000 + SEEDS; seed++) {
            run(seed, true);
        }
    }

    private static void run(long seed, boolean crashes) {
        try {
            new World(seed, crashes).play();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + (crashes ? " with crashes" : ""), e);
        }
    }

    /** What was thrown in the middle of a transaction: nothing of it is stored. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class World implements IntakeStore, IntakeReports {
        private final Random random;
        private final boolean crashes;
        private final SimulatedChain chain;
        private final Model model = new Model();
        private final List<LogSubscriber> subscribers = new ArrayList<>();
        private IntakeEngine engine;
        private BlockTrail stored = BlockTrail.EMPTY;
        private TreeMap<Long, List<LogEntry>> storedLogs = new TreeMap<>();
        private boolean quiet;
        private long firstBlock = -1;

        World(long seed, boolean crashes) {
            this.random = new Random(seed);
            this.crashes = crashes;
            this.chain = new SimulatedChain(random, random.nextBoolean());
            for (int i = 0; i < 20; i++) {
                chain.grow();
            }
            subscribers.add(model);
            boot();
        }

        private void boot() {
            IntakeRules rules = new IntakeRules(
                    FINALITY_DEPTH, FINALITY_DEPTH * 2, 1 + random.nextInt(20), 6, BACKFILL_DEPTH, false);
            engine = new IntakeEngine(ChainId.of(1), chain, this, rules, this, subscribers);
            engine.reload();
            model.logs = new TreeMap<>(storedLogs);
        }

        void play() {
            for (int move = 0; move < MOVES; move++) {
                moveChain();
                chain.logRangeMax = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : Integer.MAX_VALUE;
                for (int step = 0; step < random.nextInt(5); step++) {
                    stepOnce(chain.announced());
                }
            }
            settle();
        }

        private void moveChain() {
            switch (random.nextInt(6)) {
                case 0 -> {
                    int depth = 1 + random.nextInt(FINALITY_DEPTH - 1);
                    chain.reorg(depth, depth + random.nextInt(3));
                }
                case 1 -> {
                    for (int i = 0; i < 10 + random.nextInt(30); i++) {
                        chain.grow();
                    }
                }
                case 2 -> {
                    if (random.nextBoolean()) {
                        engine.replayFrom(Math.max(0, engine.trail().cursor() - random.nextInt(20)));
                    }
                }
                default -> chain.grow();
            }
        }

        private void stepOnce(Head head) {
            try {
                IntakeProgress _ = engine.step(head);
            } catch (RpcException e) {
                assertThat(e.words()).isEqualTo("simulated");
            } catch (Crash e) {
                if (random.nextBoolean()) {
                    boot();
                } else {
                    engine.reload();
                    model.logs = new TreeMap<>(storedLogs);
                }
            }
        }

        /** The chain stands still and the endpoint tells the truth: now all must become right. */
        private void settle() {
            quiet = true;
            chain.behave();
            chain.grow();
            chain.logRangeMax = Integer.MAX_VALUE;
            int steps = 0;
            while (!(engine.step(chain.head()) instanceof IntakeProgress.Idle)) {
                assertThat(++steps).as("steps until all is stored").isLessThan(1_000);
            }
            assertThat(stored.cursor()).isEqualTo(chain.head().number());
            List<LogEntry> expected = chain.canonical().stream()
                    .filter(block -> block.head().number() >= firstBlock)
                    .flatMap(block -> block.logs().stream())
                    .filter(model.filter()::matches)
                    .toList();
            List<LogEntry> actual =
                    // A replay may have reached back to blocks before the first one.
                    model.logs.tailMap(firstBlock, true).values().stream()
                            .flatMap(List::stream)
                            .toList();
            assertThat(words(actual)).containsExactlyElementsOf(words(expected));
        }

        private static List<String> words(List<LogEntry> logs) {
            return logs.stream()
                    .map(log -> log.blockNumber() + "/" + log.logIndex() + "/"
                            + log.blockHash().toString().substring(2, 6))
                    .toList();
        }

        @Override
        public BlockTrail load() {
            return stored;
        }

        @Override
        public void save(BlockTrail before, BlockTrail after, Consumer<WriteTransaction> work) {
            assertThat(before).isEqualTo(stored);
            TreeMap<Long, List<LogEntry>> rollback = new TreeMap<>(model.logs);
            work.accept(new NoSql());
            if (crashes && !quiet && random.nextInt(8) == 0) {
                // Either nothing was stored, or it was and the answer of the server was lost.
                if (random.nextBoolean()) {
                    model.logs = rollback;
                } else {
                    stored = after;
                    noteFirstBlock();
                }
                storedLogs = new TreeMap<>(model.logs);
                throw new Crash();
            }
            stored = after;
            storedLogs = new TreeMap<>(model.logs);
            noteFirstBlock();
            everyKnownBlockHasItsLogs(after);
        }

        private void noteFirstBlock() {
            if (firstBlock < 0) {
                firstBlock = model.lastFrom;
            }
        }

        private void everyKnownBlockHasItsLogs(BlockTrail trail) {
            trail.hashes().forEach((number, hash) -> {
                if (number >= firstBlock) {
                    List<LogEntry> expected = chain.byHash(hash).logs().stream()
                            .filter(model.filter()::matches)
                            .toList();
                    assertThat(model.logs.getOrDefault(number, List.of()))
                            .as("logs of block " + number)
                            .isEqualTo(expected);
                }
            });
        }

        @Override
        public void reorg(long from, long cursor) {}

        @Override
        public void deepReorg(long from, long cursor) {
            throw new AssertionError("no reorg here is deeper than finality, but " + from + " of " + cursor);
        }

        @Override
        public void skipped(long from, long to) {}

        @Override
        public void rangeReduced(int blocks, String why) {}

        @Override
        public void stored(long blocks, int logs) {}

        @Override
        public void subscriberFailed(RuntimeException fault) {
            throw fault;
        }
    }

    /** A subscriber as jobs are: rows by block, replaced when a block is given again. */
    private static final class Model implements LogSubscriber {
        private TreeMap<Long, List<LogEntry>> logs = new TreeMap<>();
        private long lastFrom;

        @Override
        public LogFilter filter() {
            return LogFilter.of(Set.of(SimulatedChain.CONTRACT), Set.of(SimulatedChain.TOPIC));
        }

        @Override
        public void store(WriteTransaction transaction, LogBatch batch) {
            lastFrom = batch.fromBlock();
            batch.reorgedFrom().ifPresent(from -> {
                assertThat(from).isLessThanOrEqualTo(batch.fromBlock());
                logs.tailMap(from, true).clear();
            });
            logs.subMap(batch.fromBlock(), true, batch.toBlock(), true).clear();
            assertThat(batch.logs()).isSortedAccordingTo(Comparator.comparingLong(LogEntry::blockNumber));
            for (LogEntry log : batch.logs()) {
                Hash32 header = batch.heads().get(log.blockNumber()).hash();
                assertThat(log.blockHash()).isEqualTo(header);
                logs.computeIfAbsent(log.blockNumber(), number -> new ArrayList<>())
                        .add(log);
            }
        }

        @Override
        public void committed(LogBatch batch) {
            assertThat(batch.heads()).containsKey(batch.toBlock());
        }
    }

    private record NoSql() implements WriteTransaction {
        @Override
        public Handle sql() {
            throw new UnsupportedOperationException("no SQL in the simulation");
        }

        @Override
        public void afterCommit(Runnable action) {
            throw new UnsupportedOperationException("no SQL in the simulation");
        }
    }
}
