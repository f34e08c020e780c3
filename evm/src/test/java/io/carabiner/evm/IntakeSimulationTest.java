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
    private static final int SEEDS_OF_WILD_WORLDS = 50;
    private static final int MOVES = 60;
    private static final int FINALITY_DEPTH = 12;
    private static final int BACKFILL_DEPTH = 5;
    private static final int SWEEP_MAX = 12;

    /**
     * What can happen in a world.
     *
     * @param deepReorgs reorgs of more blocks than are kept one by one, and chains that begin anew
     * @param lyingBlooms headers whose filter leaves events out, or is always empty though it was right for long
     */
    private record Kind(boolean crashes, boolean deepReorgs, boolean lyingBlooms) {}

    private static final Kind CALM = new Kind(false, false, false);

    @Test
    void anyChain_isStoredExactly() {
        List<World> _ = run(0, SEEDS, CALM);
    }

    @Test
    void anyChainWithCrashes_isStoredExactly() {
        List<World> _ = run(1_000_000, SEEDS, new Kind(true, false, false));
    }

    @Test
    void reorgsOfAnyDepthAndResets_areRepaired() {
        List<World> _ = run(2_000_000, SEEDS_OF_WILD_WORLDS, new Kind(true, true, false));
    }

    @Test
    void headersThatLie_costNoEvent_andAreFoundOut() {
        long found = run(3_000_000, SEEDS_OF_WILD_WORLDS, new Kind(true, false, true)).stream()
                .filter(world -> world.liesFound > 0)
                .count();
        assertThat(found)
                .as("worlds in which a lie was told, believed and found")
                .isPositive();
    }

    private static List<World> run(long first, int seeds, Kind kind) {
        List<World> worlds = new ArrayList<>();
        for (long seed = first; seed < first + seeds; seed++) {
            try {
                World world = new World(seed, kind);
                world.play();
                worlds.add(world);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + " " + kind, e);
            }
        }
        return worlds;
    }

    /** What was thrown in the middle of a transaction: nothing of it is stored. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class World implements IntakeStore, IntakeReports {
        private final Random random;
        private final Kind kind;
        private final SimulatedChain chain;
        private final Model model = new Model();
        private final List<LogSubscriber> subscribers = new ArrayList<>();
        private IntakeEngine engine;
        private BlockTrail stored = BlockTrail.EMPTY;
        private TreeMap<Long, List<LogEntry>> storedLogs = new TreeMap<>();
        private boolean quiet;
        private long firstBlock = -1;

        private int liesFound;
        private boolean readAnew;
        private long lastHead;

        World(long seed, Kind kind) {
            this.random = new Random(seed);
            this.kind = kind;
            this.chain = new SimulatedChain(random, kind.lyingBlooms() || random.nextBoolean(), kind.lyingBlooms());
            for (int i = 0; i < 20; i++) {
                chain.grow();
            }
            subscribers.add(model);
            boot();
        }

        private void boot() {
            IntakeRules rules = new IntakeRules(
                    FINALITY_DEPTH,
                    FINALITY_DEPTH * 2,
                    10_000,
                    1 + random.nextInt(20),
                    6,
                    1 + random.nextInt(SWEEP_MAX),
                    BACKFILL_DEPTH,
                    false);
            engine = new IntakeEngine(
                    ChainId.of(1), chain, this, rules, this, subscribers, newest -> newest - FINALITY_DEPTH);
            engine.reload();
            model.logs = new TreeMap<>(storedLogs);
        }

        void play() {
            for (int move = 0; move < MOVES; move++) {
                if (kind.lyingBlooms()) {
                    follow();
                }
                moveChain();
                chain.logRangeMax = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : Integer.MAX_VALUE;
                for (int step = 0; step < random.nextInt(5); step++) {
                    stepOnce(chain.announced());
                }
            }
            settle();
        }

        /** Only at the head are headers believed. */
        private void follow() {
            for (int i = 0; i < 5; i++) {
                chain.grow();
                stepOnce(chain.head());
                stepOnce(chain.head());
            }
        }

        private void moveChain() {
            switch (random.nextInt(6)) {
                case 0 -> reorg();
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

        private void reorg() {
            if (kind.deepReorgs() && random.nextInt(4) == 0) {
                chain.restart(1 + random.nextInt(chain.canonical().size() + 5));
                return;
            }
            int most = kind.deepReorgs() && random.nextBoolean() ? 100 : FINALITY_DEPTH - 1;
            int depth = 1 + random.nextInt(most);
            chain.reorg(depth, depth + random.nextInt(3));
        }

        private void stepOnce(Head head) {
            lastHead = head.number();
            try {
                IntakeProgress _ = engine.step(head);
            } catch (RpcException e) {
                assertThat(e.words()).isEqualTo("simulated");
            } catch (Crash e) {
                readAnew = false;
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
            assertThat(engine.trail().unproven()).as("blocks to sweep").isLessThan(SWEEP_MAX);
            // Where headers lie, an event of the newest blocks may be missing until they are swept.
            long last = kind.lyingBlooms()
                    ? engine.trail().proven()
                    : engine.trail().cursor();
            List<LogEntry> expected = chain.canonical().stream()
                    .filter(block -> block.head().number() >= firstBlock)
                    .filter(block -> block.head().number() <= last)
                    .flatMap(block -> block.logs().stream())
                    .filter(model.filter()::matches)
                    .toList();
            List<LogEntry> actual =
                    // A replay may have reached back to blocks before the first one.
                    model.logs.tailMap(firstBlock, true).headMap(last, true).values().stream()
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
            if (kind.crashes() && !quiet && random.nextInt(8) == 0) {
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
            if (firstBlock < 0 || readAnew) {
                firstBlock = model.lastFrom;
            }
            readAnew = false;
        }

        private void everyKnownBlockHasItsLogs(BlockTrail trail) {
            trail.hashes().forEach((number, hash) -> {
                // What was only followed may lack events until it is swept, where headers lie.
                boolean certain = number <= trail.proven() || !kind.lyingBlooms();
                if (number >= firstBlock && certain) {
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
            // An old head and an endpoint on a fork that is gone look like a chain that was set back.
            if (!kind.deepReorgs() && lastHead >= cursor) {
                throw new AssertionError("no reorg here is deeper than finality, but " + from + " of " + cursor);
            }
        }

        @Override
        public void chainReset(long head, long cursor) {
            assertThat(kind.deepReorgs()).as("resets happen here").isTrue();
            readAnew = true;
        }

        @Override
        public void chainShorter(long head, long cursor) {
            assertThat(head).isLessThan(cursor);
        }

        @Override
        public void bloomLied(long block, int events) {
            assertThat(kind.lyingBlooms()).as("headers lie here").isTrue();
            liesFound++;
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
