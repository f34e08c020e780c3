package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A real node process is killed with {@code kill -9} at every step from a request to its answer and started again.
 * After each death everything that was ever asked is answered exactly once, and the key's nonces have no gap.
 *
 * <p>The world lives on from one death to the next, so later points are met with all the history of the earlier ones. A
 * failed point ends the world, and the next begins with a new one.
 */
class NodeCrashTest {

    private static final int REQUESTS_IN_A_BLOCK = 3;
    private static final Duration DIES_WITHIN = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static @Nullable OracleWorld world;
    private static int worlds;

    @AfterAll
    static void endWorld() throws InterruptedException {
        if (world != null) {
            world.close();
            world = null;
        }
    }

    @ParameterizedTest(name = "killed {0}")
    @EnumSource
    void everyRequestIsAnsweredOnce_whenTheNodeIsKilled(CrashPoint point) throws Exception {
        inLivingWorld(world -> {
            CrashTrap trap = CrashTrap.killing(world, point);
            world.askTogether(REQUESTS_IN_A_BLOCK);
            awaitDeath(world, trap, point);
            assertItDiedAt(world, point);
        });
    }

    /** The second death comes while what the first one left is being taken up. */
    @ParameterizedTest(name = "killed at {0}, and again at {1}")
    @CsvSource({
        "OUTCOME_COMMITTED, SIGNED_UNCOMMITTED",
        "SIGNED_COMMITTED, SENT_UNHEARD",
        "SENT_UNHEARD, SENT_UNCOMMITTED"
    })
    void everyRequestIsAnsweredOnce_whenTheNodeIsKilledTwice(CrashPoint first, CrashPoint second) throws Exception {
        inLivingWorld(world -> {
            CrashTrap trap = CrashTrap.killing(world, first);
            world.askTogether(REQUESTS_IN_A_BLOCK);
            awaitDeath(world, trap, first);
            CrashTrap.remove(world);
            world.launchNode("node");
            awaitDeath(world, CrashTrap.killing(world, second), second);
        });
    }

    /** What a test does to the world before the node is started for the last time. */
    private interface Harm {
        void done(OracleWorld world) throws IOException;
    }

    private static void inLivingWorld(Harm harm) throws Exception {
        OracleWorld world = livingWorld();
        boolean survived = false;
        try {
            harm.done(world);
            CrashTrap.remove(world);
            world.startNode();
            world.awaitAllSettled();
            world.assertEachAnsweredOnce();
            survived = true;
        } finally {
            if (!survived) {
                endWorld();
            }
        }
    }

    private static OracleWorld livingWorld() throws IOException {
        OracleWorld living = world;
        if (living == null) {
            worlds++;
            living = OracleWorld.withNode(folder.resolve("world-" + worlds));
            world = living;
        }
        assertThat(living.node().isAlive()).isTrue();
        return living;
    }

    private static void awaitDeath(OracleWorld world, CrashTrap trap, CrashPoint point) {
        Eventually.until("the node is killed " + point, DIES_WITHIN, trap::isSprung, world::state);
    }

    /** Else a test would be green that killed at another moment than it says. */
    private static void assertItDiedAt(OracleWorld world, CrashPoint point) {
        long before = world.requestCount() - REQUESTS_IN_A_BLOCK;
        for (Step step : Step.values()) {
            long stored = step.count(world.database()) - before;
            if (step == point.step() && point.when() != CrashPoint.When.AFTER_COMMIT) {
                assertThat(stored).as("%s at its death %s", step, point).isZero();
            } else if (step.compareTo(point.step()) <= 0) {
                assertThat(stored).as("%s at its death %s", step, point).isPositive();
            }
        }
        assertThat(world.sentCount() > before).as("sent at its death %s", point).isEqualTo(point.isAfterSending());
    }
}
