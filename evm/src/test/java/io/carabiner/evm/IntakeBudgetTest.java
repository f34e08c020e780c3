package io.carabiner.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What following a quiet chain costs, in JSON-RPC calls: each element of a batch is one. */
class IntakeBudgetTest {

    private static final int BLOCKS = 640;

    @Test
    void chainThatFillsItsHeaders_costsNextToNothing() {
        assertThat(callsPerBlock(true, false)).isLessThan(0.1);
    }

    /** Where something happens in every block: one call for its events, and two in 64 blocks for the sweep. */
    @Test
    void busyChainWithEmptyBlooms_costsOneCallABlock() {
        assertThat(callsPerBlock(false, true)).isBetween(1.0, 1.0 + 2.5 / IntakeRules.SWEEP_BLOCKS_DEFAULT);
    }

    /** Nothing happens in two thirds of the blocks, and their headers say so. */
    @Test
    void chainWithEmptyBlooms_costsNothingForBlocksWithoutTransactions() {
        assertThat(callsPerBlock(false, false)).isBetween(0.2, 0.6);
    }

    private static double callsPerBlock(boolean bloomFilled, boolean busy) {
        SimulatedChain chain = new SimulatedChain(new Random(7), bloomFilled, false);
        chain.isBusy = busy;
        chain.behave();
        Counting counting = new Counting(chain);
        MemoryIntakeStore store = new MemoryIntakeStore();
        IntakeRules rules = new IntakeRules(12, 100, 100_000, 1_000, 200, IntakeRules.SWEEP_BLOCKS_DEFAULT, 10, false);
        IntakeEngine engine = new IntakeEngine(
                ChainId.of(1), counting, store, rules, store, List.of(new Wanting()), newest -> newest - 12);
        engine.reload();
        for (int i = 0; i < 40; i++) {
            chain.grow();
            drive(engine, chain);
        }
        long before = counting.calls;
        for (int i = 0; i < BLOCKS; i++) {
            chain.grow();
            drive(engine, chain);
        }
        return (double) (counting.calls - before) / BLOCKS;
    }

    private static void drive(IntakeEngine engine, SimulatedChain chain) {
        while (!(engine.step(chain.head()) instanceof IntakeProgress.Idle)) {
            assertThat(engine.stored().cursor())
                    .isLessThanOrEqualTo(chain.head().number());
        }
        assertThat(engine.stored().cursor()).isEqualTo(chain.head().number());
    }

    /** Wants what no block holds, so that nothing but following costs calls. */
    private static final class Wanting implements LogSubscriber {
        @Override
        public LogFilter filter() {
            return LogFilter.of(Set.of(SimulatedChain.CONTRACT), Set.of(Hash32.fromHex("99".repeat(32))));
        }

        @Override
        public void store(WriteTransaction transaction, LogBatch batch) {
            assertThat(batch.logs()).isEmpty();
        }

        @Override
        public void committed(LogBatch batch) {
            assertThat(batch.heads()).containsKey(batch.toBlock());
        }
    }

    private static final class Counting implements IntakeChain {
        private final IntakeChain chain;
        private long calls;

        Counting(IntakeChain chain) {
            this.chain = chain;
        }

        @Override
        public RangeAnswer read(LogFilter filter, IntakePlan.Read range, boolean headersOfLogs) {
            calls += 1 + range.headers().size();
            return chain.read(filter, range, headersOfLogs);
        }

        @Override
        public Optional<List<LogEntry>> logsOf(LogFilter filter, Head block) {
            calls++;
            return chain.logsOf(filter, block);
        }

        @Override
        public Map<Long, Head> headers(Collection<Long> numbers) {
            calls += numbers.size();
            return chain.headers(numbers);
        }
    }
}
