package io.carabiner.fluxmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.jobs.Job;
import io.carabiner.jobs.JobChange;
import io.carabiner.primitives.Address;
import io.carabiner.testkit.TestFeed;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a flux monitor does for its feed. */
class FluxStoryTest extends FeedWorld {

    @Test
    void aDeviation_beginsARound_fromTheKeyThatTheFeedLists() {
        Address unlisted = newKey();
        Address oracle = newKey();
        feed.setOracles(List.of(oracle), 1, 0);
        Job job = createJob(POLL);
        untilTold(oracle, 100);
        assertThat(page.lastQuestion().has("meta"))
                .as("a feed without an answer has no meta")
                .isFalse();

        page.price("100.99");
        int asked = page.asked();
        until("it polls", () -> page.asked() > asked + 2);
        assertThat(count("flux_monitor_submissions")).as("less than a percent").isEqualTo(1);

        page.price("102.75");
        untilTold(oracle, 102);
        assertThat(feed.answer()).isEqualTo(102);
        assertThat(page.lastQuestion().at("/meta/latestAnswer").asInt()).isEqualTo(100);
        assertThat(page.lastQuestion().at("/meta/updatedAt").isIntegralNumber()).isTrue();
        assertThat(count("txes WHERE from_address = decode('" + unlisted.bytes().toBareHex() + "', 'hex')"))
                .as("transactions of a key that the feed does not list")
                .isZero();
        runAndMetricsTellIt(job);
    }

    private void runAndMetricsTellIt(Job job) {
        assertThat(count("runs WHERE state = 'completed'")).isEqualTo(2);
        assertThat(server.query("SELECT inputs->'jobRun'->'meta'->>'latestAnswer' FROM carabiner.runs"
                        + " ORDER BY id DESC LIMIT 1"))
                .isEqualTo("100");
        until("both are on record", () -> node().metrics
                .exposition()
                .contains("flux_monitor_reported_round{job_spec_id=\"" + job.id() + "\"} 2"));
        String id = "{job_spec_id=\"" + job.id() + "\"} ";
        until(
                "the round was heard of",
                () -> node().metrics.exposition().contains("flux_monitor_seen_round" + id + "2"));
        assertThat(node().metrics.exposition())
                .contains("flux_monitor_seen_value" + id + "102.75", "flux_monitor_reported_value" + id + "102.75");
    }

    @Test
    void anothersRound_isJoined_andEachOracleSubmitsOnce() {
        Address oracle = newKey();
        feed.setOracles(List.of(oracle, other), 2, 0);
        createJob("""
                pollTimerDisabled = true
                idleTimerPeriod = "1h"
                """);
        untilTold(oracle, 100);
        feed.submit(other, 1, 104);
        feed.submit(other, 2, 106);
        until("the round has both answers", () -> feed.submissionsTo(2, oracle) == 1);
        assertThat(feed.answer()).as("the middle of 100 and 106").isEqualTo(103);
        assertThat(feed.submissions(oracle)).hasSize(2);
        assertThat(count("txes")).isEqualTo(2);
    }

    @Test
    void idleTimer_beginsRounds_withoutAnyDeviation() {
        Address oracle = newKey();
        feed.setOracles(List.of(oracle), 1, 0);
        createJob("""
                pollTimerDisabled = true
                idleTimerPeriod = "1s"
                """);
        until("three rounds", () -> feed.submissionsTo(3, oracle) == 1);
        assertThat(feed.latestSubmission(oracle)).isEqualTo(100);
    }

    @Test
    void drumbeat_beginsRounds_atTheTimesOfItsSchedule() {
        Address oracle = newKey();
        feed.setOracles(List.of(oracle), 1, 0);
        createJob("""
                pollTimerDisabled = true
                idleTimerDisabled = true
                drumbeatEnabled = true
                drumbeatSchedule = "CRON_TZ=UTC * * * * * *"
                drumbeatRandomDelay = "100ms"
                """);
        until("three rounds", () -> feed.submissionsTo(3, oracle) == 1);
        assertThat(feed.latestSubmission(oracle)).isEqualTo(100);
    }

    @Test
    void anUnderfundedFeed_getsNothing_untilItIsFunded() {
        Address oracle = newKey();
        feed.setOracles(List.of(oracle, other), 1, 0);
        feed.drain();
        createJob(POLL);
        int before = calls();
        until("it has looked often", () -> calls() > before + 20);
        assertThat(page.asked())
                .as("adapters asked for an answer that nobody pays")
                .isZero();
        assertThat(count("txes")).isZero();
        feed.fund(TestFeed.PAYMENT.multiply(BigInteger.TEN));
        untilTold(oracle, 100);
    }

    @Test
    void minPaymentAboveWhatTheFeedPays_refuses() {
        Address oracle = newKey();
        feed.setOracles(List.of(oracle), 1, 0);
        createJob(POLL + "minPayment = \"1000000000000000001\"");
        int before = calls();
        until("it has looked often", () -> calls() > before + 20);
        assertThat(page.asked()).isZero();
        assertThat(count("txes")).isZero();
    }

    @Test
    void anAnswerOutOfTheFeedsRange_isAJobError_andNeverSent() {
        Address oracle = newKey();
        feed.setOracles(List.of(oracle), 1, 0);
        page.price(TestFeed.MAX.add(BigInteger.ONE).toString());
        Job job = createJob(POLL);
        until("the job says so", () -> server.query("SELECT description FROM carabiner.job_errors")
                .equals("Answer is outside acceptable range"));
        assertThat(count("txes")).isZero();
        assertThat(node().metrics.exposition())
                .contains("pipeline_tasks_total_finished{bridge_name=\"\",job_id=\"" + job.id()
                        + "\",job_name=\"feed\",status=\"error\",task_id=\"\",task_type=\"fluxmonitor\"}");
    }

    @Test
    void raisedFlags_putTheFeedToSleep_untilOneIsLowered() throws Exception {
        feed.raiseFlags();
        startNode(Optional.of(feed.flags()), true);
        Address oracle = newKey();
        feed.setOracles(List.of(oracle, other), 1, 0);
        Job job = createJob(POLL);
        until("it has begun", () -> isWell(job));
        assertThat(page.asked()).as("asked while asleep").isZero();

        feed.lowerFlags();
        untilTold(oracle, 100);

        feed.raiseFlags();
        feed.submit(other, 2, 100);
        until("others' rounds are still answered", () -> feed.submissionsTo(2, oracle) == 1);
        int asked = page.asked();
        page.price("150");
        int before = calls();
        chain().mine(20);
        until("the node has seen the blocks", () -> calls() > before + 5);
        assertThat(page.asked()).as("asked while asleep").isEqualTo(asked);
    }

    @Test
    void twoJobsOnOneFeed_submitOnceARound() {
        Address oracle = newKey();
        feed.setOracles(List.of(oracle), 1, 0);
        createJob(POLL);
        createJob(POLL, "the same feed");
        for (int price = 100; price < 140; price += 10) {
            page.price(String.valueOf(price));
            untilTold(oracle, price);
        }
        assertThat(feed.submissions(oracle)).hasSize(4);
        assertThat(count("txes")).isEqualTo(4);
    }

    @Test
    void aJobThatIsChanged_watchesOn_andSubmitsNothingTwice() {
        Address oracle = newKey();
        feed.setOracles(List.of(oracle), 1, 0);
        Job job = createJob(POLL);
        untilTold(oracle, 100);
        String renamed = job.toml().replace("name = \"feed\"", "name = \"renamed\"");
        assertThat(renamed).isNotEqualTo(job.toml());
        assertThat(node().jobs().update(job.id(), renamed)).isInstanceOf(JobChange.Done.class);
        until("it has begun again", () -> isWell(job));
        page.price("150");
        untilTold(oracle, 150);
        assertThat(feed.submissions(oracle)).hasSize(2);

        node().jobs().pause(job.id());
        assertThat(node().health.report())
                .doesNotContainKey("FluxMonitor." + job.spec().header().externalJobId());
        page.price("200");
        node().jobs().resume(job.id(), false);
        untilTold(oracle, 200);
        assertThat(feed.submissions(oracle)).hasSize(3);
    }

    @Test
    void aDeletedJob_watchesNoMore() {
        Address oracle = newKey();
        feed.setOracles(List.of(oracle), 1, 0);
        Job job = createJob(POLL);
        untilTold(oracle, 100);
        assertThat(node().jobs().delete(job.id())).isTrue();
        assertThat(node().health.report())
                .doesNotContainKey("FluxMonitor." + job.spec().header().externalJobId());
        assertThat(node().metrics.exposition()).doesNotContain("flux_monitor_seen_value{");
        page.price("150");
        createJob(POLL);
        untilTold(oracle, 150);
        assertThat(feed.submissions(oracle)).hasSize(2);
    }
}
