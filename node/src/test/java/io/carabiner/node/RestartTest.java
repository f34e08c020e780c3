package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that stop, stand by and take over, as processes on one database. */
class RestartTest {

    private static final String WAITS = "Another application is currently holding the database lease";

    @TempDir
    Path folder;

    @Test
    void sigterm_endsWithZero_andTheNextStartAnswersWhatWasAskedMeanwhile() throws Exception {
        try (OracleWorld world = OracleWorld.withNode(folder)) {
            world.askTogether(2);
            world.node().signal("TERM");
            assertThat(world.node().awaitExit()).as(world.node().logTail()).isZero();
            world.askTogether(2);
            world.startNode();
            world.awaitAllSettled();
            world.assertEachAnsweredOnce();
        }
    }

    @Test
    void nodeWhoseDatabaseIsNotThereYet_saysSo_andStopsWhenTold() throws Exception {
        OperatorFolder files =
                OperatorFolder.withGoodFiles(folder, "postgresql://node:sixteen-characters-or-more@127.0.0.1:1/node");
        try (NodeProcess node = NodeProcess.launch(files.named(), folder.resolve("config.toml"), 0)) {
            node.awaitLog("the database server at 127.0.0.1:1 (Connection to 127.0.0.1:1 refused.");
            node.signal("TERM");
            assertThat(node.awaitExit()).as(node.logTail()).isZero();
        }
    }

    @Test
    void secondNode_waitsForTheLease_andTakesOverFromAKilledOne() throws Exception {
        try (OracleWorld world = OracleWorld.withNode(folder)) {
            NodeProcess first = world.node();
            NodeProcess second = world.launchStandby();
            second.awaitLog(WAITS);
            assertThat(second.answersReady()).isFalse();

            world.askTogether(3);
            first.kill();
            second.awaitReady();
            world.awaitAllSettled();
            world.assertEachAnsweredOnce();
        }
    }

    @Test
    void maintenance_theSecondNodeTakesOver_andTheFirstComesBack() throws Exception {
        try (OracleWorld world = OracleWorld.withNode(folder)) {
            NodeProcess first = world.node();
            NodeProcess second = world.launchStandby();
            second.awaitLog(WAITS);
            world.askTogether(2);
            first.signal("TERM");
            assertThat(first.awaitExit()).as(first.logTail()).isZero();
            second.awaitReady();

            NodeProcess back = world.launchNode("node");
            back.awaitLog(WAITS);
            assertThat(back.answersReady()).isFalse();
            world.askTogether(2);
            second.signal("TERM");
            assertThat(second.awaitExit()).as(second.logTail()).isZero();
            back.awaitReady();
            world.askTogether(1);
            world.awaitAllSettled();
            world.assertEachAnsweredOnce();
        }
    }

    @Test
    void frozenNode_thatWakesAfterTheTakeover_endsWithoutDoingHarm() throws Exception {
        try (OracleWorld world = OracleWorld.withNode(folder)) {
            NodeProcess first = world.node();
            NodeProcess second = world.launchStandby();
            second.awaitLog(WAITS);

            CrashTrap.doing(world, CrashPoint.SIGNED_COMMITTED, () -> first.signal("STOP"));
            world.askTogether(3);
            second.awaitReady();
            CrashTrap.remove(world);
            first.signal("CONT");
            assertThat(first.awaitExit())
                    .as("exit code of the one that lost the lease")
                    .isEqualTo(1);
            world.awaitAllSettled();
            world.assertEachAnsweredOnce();
        }
    }
}
