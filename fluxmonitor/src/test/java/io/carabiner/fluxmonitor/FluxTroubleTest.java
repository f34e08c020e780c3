package io.carabiner.fluxmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Address;
import io.carabiner.testkit.TestFeed;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Deaths, failed transactions, full queues, reorganisations: no round is lost and none is answered twice. */
class FluxTroubleTest extends FeedWorld {

    @Test
    void adapterThatFails_isAJobError_andTheRoundIsAnsweredLater() {
        Address oracle = newKey();
        feed.setOracles(List.of(oracle, other), 1, 0);
        page.down(true);
        createJob("""
                pollTimerDisabled = true
                idleTimerPeriod = "1h"
                """);
        feed.submit(other, 1, 104);
        until("the job says so", () -> server.query("SELECT description FROM carabiner.job_errors")
                .equals("Error polling"));
        page.down(false);
        until("the round is joined after all", () -> feed.submissionsTo(1, oracle) == 1);
    }

    @Test
    void aDeathBetweenStoringAndSending_submitsOnce() throws Exception {
        Address oracle = newKey();
        feed.setOracles(List.of(oracle), 1, 0);
        startNode(Optional.empty(), false);
        createJob(POLL);
        until("the submission is stored", () -> count("txes WHERE state = 'unstarted'") == 1);
        int asked = page.asked();
        startNode(Optional.empty(), false);
        until("it polls again", () -> page.asked() > asked || calls() > 20);
        assertThat(count("txes")).as("transactions for the one round").isEqualTo(1);

        startNode(Optional.empty(), true);
        untilTold(oracle, 100);
        assertThat(feed.submissions(oracle)).hasSize(1);
        assertThat(count("txes")).isEqualTo(1);
    }

    @Test
    void aDeathWhileARoundIsBeingAnswered_joinsItAfterTheRestart() throws Exception {
        Address oracle = newKey();
        feed.setOracles(List.of(oracle, other), 2, 0);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch dead = new CountDownLatch(1);
        createJob("""
                pollTimerDisabled = true
                idleTimerPeriod = "1h"
                """);
        untilTold(oracle, 100);
        feed.submit(other, 1, 100);
        page.onAsked(() -> {
            asked.countDown();
            await(dead);
        });
        feed.submit(other, 2, 100);
        await(asked);
        page.onAsked(() -> {});
        startNode(Optional.empty(), true);
        dead.countDown();
        until("the round is joined", () -> feed.submissionsTo(2, oracle) == 1);
        assertThat(feed.submissions(oracle)).hasSize(2);
    }

    @Test
    void aTransactionThatFailedForGood_isMadeAnew_threeTimesAtMost() throws Exception {
        startNode(Optional.empty(), false);
        Address oracle = newKey();
        feed.setOracles(List.of(oracle), 1, 0);
        createJob(POLL);
        for (int time = 1; time <= Submissions.PER_ROUND_MAX; time++) {
            int count = time;
            until("submission " + count + " is stored", () -> count("txes") == count);
            server.execute("UPDATE carabiner.txes SET state = 'fatal_error', error = 'it will never be mined'"
                    + " WHERE state = 'unstarted'");
        }
        int before = calls();
        until("it has looked often", () -> calls() > before + 20);
        assertThat(count("txes")).isEqualTo(Submissions.PER_ROUND_MAX);
        assertThat(server.query("SELECT count FROM carabiner.flux_monitor_submissions"))
                .isEqualTo("3");
        assertThat(count("runs")).isEqualTo(Submissions.PER_ROUND_MAX);
    }

    @Test
    void aFullQueue_leavesNothingOfASubmission() throws Exception {
        startNode(Optional.empty(), false);
        Address oracle = newKey();
        feed.setOracles(List.of(oracle), 1, 0);
        createJob(POLL);
        until("the queue is full", () -> count("txes WHERE state = 'unstarted'") == 1);
        feed = TestFeed.deploy(chain(), 0);
        feed.setOracles(List.of(oracle), 1, 0);
        int asked = page.asked();
        createJob(POLL, "another feed");
        until("it tries", () -> page.asked() > asked + 2);
        assertThat(count("flux_monitor_submissions")).isEqualTo(1);
        assertThat(count("runs")).isEqualTo(1);
    }

    @Test
    void aReorganisation_thatTakesARoundBack_doublesNothing() {
        Address oracle = newKey();
        feed.setOracles(List.of(oracle, other), 1, 0);
        createJob("""
                pollTimerDisabled = true
                idleTimerPeriod = "1h"
                """);
        untilTold(oracle, 100);
        feed.submit(other, 1, 100);
        feed.submit(other, 2, 100);
        until("the round is joined", () -> feed.submissionsTo(2, oracle) == 1);
        chain().reorg(2);
        assertThat(feed.submissionsTo(2, other)).as("taken back").isZero();
        feed.submit(other, 2, 101);
        whileBlocksCome("the round has both again", () -> feed.submissionsTo(2, oracle) == 1);
        whileBlocksCome("all is final", () -> count("txes WHERE state = 'finalized'") == 2);
        assertThat(count("txes")).isEqualTo(2);
        assertThat(server.query("SELECT max(count) FROM carabiner.flux_monitor_submissions"))
                .isEqualTo("1");
    }
}
