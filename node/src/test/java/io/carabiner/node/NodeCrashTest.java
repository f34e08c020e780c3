package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
    private static final Duration DIES_WITHIN = Duration.ofSeconds(20);

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
        OracleWorld world = livingWorld();
        boolean survived = false;
        try {
            CrashTrap trap = CrashTrap.set(world, point);
            world.askTogether(REQUESTS_IN_A_BLOCK);
            Eventually.until("the node is killed " + point, DIES_WITHIN, trap::hasKilled, world::state);
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
}
