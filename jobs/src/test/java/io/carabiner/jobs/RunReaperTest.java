package io.carabiner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.TestClock;
import io.carabiner.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RunReaperTest {

    private TestDatabase server;
    private TestNode node;
    private int job;

    @BeforeEach
    void start() throws InterruptedException {
        server = TestNode.newServer();
        node = new TestNode(server);
        job = node.room.jobs().create(TestRequests.SPEC).id();
    }

    @AfterEach
    void stop() {
        node.close();
        server.close();
    }

    private RunReaper reaper(long kept) {
        RunRetention retention = new RunRetention(kept, Duration.ZERO, Duration.ofHours(24));
        return new RunReaper(node.database, retention, TimeSource.system());
    }

    private void runs(int count, String state, String ended) {
        server.execute("INSERT INTO carabiner.runs (job_id, state, inputs, created_at, finished_at) SELECT " + job
                + ", '" + state + "', '{}', now() - interval '3 days', " + ended + " FROM generate_series(1, " + count
                + ")");
        server.execute("INSERT INTO carabiner.task_runs (id, run_id, place, dot_id, type, index, created_at)"
                + " SELECT gen_random_uuid(), id, 0, 'a', 'memo', -1, now() FROM carabiner.runs"
                + " ON CONFLICT DO NOTHING");
    }

    private String count() {
        return node.query("SELECT count(*) FROM carabiner.runs") + "/"
                + node.query("SELECT count(*) FROM carabiner.task_runs");
    }

    @Test
    void runsThatEndedLongAgo_areDeleted_pageByPage_whateverTheirEnd() throws InterruptedException {
        runs(700, "completed", "now() - interval '2 days'");
        runs(500, "errored", "now() - interval '2 days'");
        runs(3, "completed", "now() - interval '1 hour'");
        runs(2, "suspended", "NULL");
        long deleted = reaper(10_000).deleteOlderThan(Instant.now().minus(Duration.ofHours(24)));
        assertThat(deleted).isEqualTo(1_200);
        assertThat(count()).as("young ones and those that wait stay").isEqualTo("5/5");
    }

    @Test
    void ofSuccessfulRuns_theNewestAreKept_andAllFailedOnes() throws InterruptedException {
        runs(620, "completed", "now() - interval '1 minute'");
        runs(7, "errored", "now() - interval '1 minute'");
        assertThat(reaper(100).deleteTooMany(job)).isEqualTo(520);
        assertThat(count()).isEqualTo("107/107");
        assertThat(reaper(100).deleteTooMany(job)).isZero();
        assertThat(node.query("SELECT max(id) - min(id) FROM carabiner.runs WHERE state = 'completed'"))
                .isEqualTo("99");
        assertThat(reaper(0).deleteTooMany(job)).isEqualTo(100);
        assertThat(count()).isEqualTo("7/7");
    }

    /** Who waits for a run's end reads the run a moment after it was stored. */
    @Test
    void aRunThatHasJustEnded_isKeptForAMoment_alsoWhereNoneIsKept() throws InterruptedException {
        runs(3, "completed", "now() - interval '1 minute'");
        runs(2, "completed", "now()");
        assertThat(reaper(0).deleteTooMany(job)).isEqualTo(3);
        assertThat(count()).isEqualTo("2/2");
        server.execute("UPDATE carabiner.runs SET finished_at = now() - interval '11 seconds'");
        assertThat(reaper(0).deleteTooMany(job)).isEqualTo(2);
    }

    @Test
    void runsThatWereTooYoung_areLookedAtAgain_withoutAnotherRun() throws InterruptedException {
        TestClock clock = new TestClock();
        RunRetention none = new RunRetention(0, Duration.ZERO, Duration.ofHours(24));
        try (RunReaper reaper = new RunReaper(node.database, none, clock)) {
            runs(2, "completed", "now()");
            assertThat(reaper.deleteTooMany(job)).isZero();
            server.execute("UPDATE carabiner.runs SET finished_at = now() - interval '11 seconds'");
            reaper.start();
            clock.awaitSleepers(1);
            assertThat(count()).isEqualTo("2/2");
            clock.advance(RunReaper.KEPT_MIN);
            node.await("SELECT count(*) FROM carabiner.runs", "0");
        }
    }
}
