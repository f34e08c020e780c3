package io.carabiner.txm;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class SimulationTest {

    /**
     * {@code -Dtxm.simulation.seeds=100000} runs more; {@code -Dtxm.simulation.first=N} starts at a seed that failed.
     */
    private static final long SEEDS = Long.getLong("txm.simulation.seeds", 100);

    private static final long FIRST = Long.getLong("txm.simulation.first", 1);

    private static final int STEPS = 400;

    /** A misbehaving chain gives the operator much to read. */
    @BeforeAll
    static void silence() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    }

    @Test
    void everyLifeOfAKey_endsWithEachTransactionOnceAndNoGap() throws InterruptedException {
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            try {
                new Simulation(seed).live(STEPS);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
