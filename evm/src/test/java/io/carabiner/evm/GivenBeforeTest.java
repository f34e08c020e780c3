package io.carabiner.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.ChainId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Blocks that were given, and replaced by a reorg before they are given again. */
class GivenBeforeTest {

    private static final IntakeRules RULES =
            new IntakeRules(12, 100, 100_000, 1_000, 200, IntakeRules.SWEEP_BLOCKS_DEFAULT, 10, false);

    private final SimulatedChain chain = new SimulatedChain(new Random(7), true, false);
    private final Reorgs store = new Reorgs();
    private final List<LogBatch> given = new ArrayList<>();

    @Test
    void blocksThatWereOnlyFollowed_andReplacedWhileTheNodeWasDown_areVoided() {
        chain.behave();
        IntakeEngine engine = started();
        grow(engine, 40);
        long cursor = store.load().cursor();
        assertThat(store.load().proven()).isLessThan(cursor - 3);

        chain.reorg(3, 5);
        given.clear();
        catchUp(started());

        assertThat(given.getFirst().reorgedFrom()).hasValue(given.getFirst().fromBlock());
        assertThat(given.getFirst().fromBlock()).isLessThanOrEqualTo(cursor - 2);
        assertThat(given.getLast().toBlock()).isEqualTo(chain.head().number());
        assertThat(store.told).containsExactly("reorg from " + (cursor - 2));
    }

    @Test
    void aSecondDeathOnTheWay_forgetsNothingOfWhatWasGiven() {
        chain.behave();
        grow(started(), 40);
        long cursor = store.load().cursor();
        chain.logRangeMax = 1;
        IntakeEngine dying = started();
        given.clear();
        while (given.isEmpty()) {
            dying.step(chain.head());
        }
        assertThat(store.load().cursor()).isEqualTo(cursor);
        assertThat(store.load().proven()).isLessThan(cursor - 3);
        chain.logRangeMax = Integer.MAX_VALUE;

        chain.reorg(3, 5);
        given.clear();
        catchUp(started());

        assertThat(given.getFirst().reorgedFrom()).isPresent();
        assertThat(given.getFirst().reorgedFrom().getAsLong()).isLessThanOrEqualTo(cursor - 2);
    }

    @Test
    void blocksThatStillStand_areGivenAgain_andVoidNothing() {
        chain.behave();
        grow(started(), 40);
        long proven = store.load().proven();

        given.clear();
        chain.grow();
        catchUp(started());

        assertThat(given.getFirst().fromBlock()).isEqualTo(proven + 1);
        assertThat(given).allSatisfy(batch -> assertThat(batch.reorgedFrom()).isEmpty());
        assertThat(store.told).isEmpty();
    }

    @Test
    void aReorgDuringAReplay_voidsWhatWasGivenBefore() {
        chain.behave();
        IntakeEngine engine = started();
        grow(engine, 40);
        long cursor = store.load().cursor();

        engine.replayFrom(cursor - 10);
        chain.reorg(3, 5);
        given.clear();
        catchUp(engine);

        assertThat(given.getFirst().reorgedFrom()).hasValue(cursor - 10);
        assertThat(store.told).containsExactly("reorg from " + (cursor - 2));
    }

    private IntakeEngine started() {
        IntakeEngine engine = new IntakeEngine(
                ChainId.of(1), chain, store, RULES, store, List.of(new Everything()), newest -> newest - 12);
        engine.reload();
        return engine;
    }

    private void grow(IntakeEngine engine, int blocks) {
        for (int i = 0; i < blocks; i++) {
            chain.grow();
            catchUp(engine);
        }
    }

    private void catchUp(IntakeEngine engine) {
        while (!(engine.step(chain.head()) instanceof IntakeProgress.Idle)) {
            assertThat(engine.stored().cursor())
                    .isLessThanOrEqualTo(chain.head().number());
        }
    }

    private final class Everything implements LogSubscriber {
        @Override
        public LogFilter filter() {
            return LogFilter.of(Set.of(SimulatedChain.CONTRACT), Set.of(SimulatedChain.TOPIC));
        }

        @Override
        public void store(WriteTransaction transaction, LogBatch batch) {
            given.add(batch);
        }

        @Override
        public void committed(LogBatch batch) {
            assertThat(given).contains(batch);
        }
    }

    private static final class Reorgs extends MemoryIntakeStore {
        private final List<String> told = new ArrayList<>();

        @Override
        public void reorg(long from, long cursor) {
            told.add("reorg from " + from);
        }

        @Override
        public void rangeReduced(int blocks, String why) {
            assertThat(why).isNotEmpty();
        }
    }
}
