package io.carabiner.jobs;

import static io.carabiner.jobs.TestRequests.SPEC;
import static io.carabiner.jobs.TestRequests.batch;
import static io.carabiner.jobs.TestRequests.cancel;
import static io.carabiner.jobs.TestRequests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.primitives.Hash32;
import io.carabiner.testkit.TestDatabase;
import io.carabiner.txm.MinedReceipt;
import io.carabiner.txm.TransactionResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that are changed, paused and deleted while requests come in. */
final class JobChangesTest {

    private static final String STATES = "SELECT string_agg(state, ',' ORDER BY id) FROM carabiner.runs";

    /** Two tasks, the second behind the one that waits for its transaction. */
    private static final String LONGER = SPEC.replace("  send [", "  after [type=memo value=1]\n  send [")
            .replace("minConfirmations=\"2\"]", "minConfirmations=\"2\"]\n  send -> after");

    private TestDatabase server;
    private TestNode node;
    private int id;

    @BeforeEach
    void start() throws InterruptedException {
        server = TestNode.newServer();
        node = new TestNode(server);
        id = node.room.jobs().create(SPEC).id();
    }

    @AfterEach
    void stop() {
        node.close();
        server.close();
    }

    private Jobs jobs() {
        return node.room.jobs();
    }

    private Job now() {
        return jobs().find(id).orElseThrow();
    }

    private static Job done(JobChange change) {
        return ((JobChange.Done) change).job();
    }

    private void restart() throws InterruptedException {
        node.close();
        node = new TestNode(server);
    }

    private void confirmAll() {
        List<TransactionResult> results = node.query("SELECT string_agg(task::text, ',') FROM public.wishes")
                .transform(tasks -> Stream.of(tasks.split(",")))
                .map(UUID::fromString)
                .<TransactionResult>map(task -> new TransactionResult.Confirmed(
                        1, Optional.of(task), new MinedReceipt(Hash32.ZERO, 20, Hash32.ZERO, 0, true, "{}")))
                .toList();
        node.database.execute(tx -> node.room.transactionListener().settled(tx, results));
    }

    @Test
    void aChange_keepsNumberAndExternalId_andIsInTheHistory() throws InterruptedException {
        String other = SPEC.replace("\"answers\"", "\"replies\"").replaceFirst("externalJobID.*\n", "");
        Job changed = done(jobs().update(id, other));
        assertThat(changed.id()).isEqualTo(id);
        assertThat(changed.spec().header().externalJobId()).isEqualTo(TestRequests.JOB);
        restart();
        assertThat(now().nameOrEmpty()).isEqualTo("replies");
        assertThat(now().version()).isEqualTo(2);
        assertThat(now().createdAt()).isEqualTo(changed.createdAt());
        assertThat(jobs().history(id)).extracting(JobVersion::version).containsExactly(2, 1);
        assertThat(jobs().history(id)).extracting(JobVersion::toml).containsExactly(other, SPEC);
        assertThat(jobs().history(id)).extracting(JobVersion::present).containsExactly(true, false);
        assertThat(jobs().history(id + 1)).isEmpty();
    }

    @Test
    void aRollback_isANewVersionWithTheOldSpec() {
        jobs().update(id, LONGER);
        Job back = done(jobs().rollback(id, 1));
        assertThat(back.version()).isEqualTo(3);
        assertThat(back.toml()).isEqualTo(SPEC);
        assertThat(jobs().history(id)).hasSize(3);
        assertThat(jobs().rollback(id, 7)).isEqualTo(new JobChange.NoSuchVersion(7));
        assertThat(jobs().rollback(id + 1, 1)).isEqualTo(new JobChange.NoSuchJob());
        assertThat(jobs().update(id + 1, SPEC)).isEqualTo(new JobChange.NoSuchJob());
    }

    @Test
    void aSpecThatIsRefused_changesNothing() {
        jobs().create(SPEC.replace("\"answers\"", "\"taken\"").replaceFirst("externalJobID.*\n", ""));
        assertThatThrownBy(() -> jobs().update(id, SPEC.replace("\"1337\"", "\"99\"")))
                .hasMessageContaining("chain id does not exist: 99");
        assertThatThrownBy(() -> jobs().update(id, SPEC.replace("type=ethtx", "type=bridge name=\"nowhere\"")))
                .hasMessageContaining("not all bridges exist");
        assertThatThrownBy(() -> jobs().update(id, SPEC.replace("\"answers\"", "\"taken\"")))
                .isInstanceOf(JobSpecException.class)
                .hasMessageContaining("idx_jobs_name");
        assertThat(now().version()).isEqualTo(1);
        assertThat(jobs().history(id)).hasSize(1);
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await(STATES, "suspended");
    }

    /** The run that waits has no task "after": with the new spec it would run on. */
    @Test
    void aRunUnderWay_endsWithTheSpecItBeganWith_alsoAfterARestart() throws InterruptedException {
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await(STATES, "suspended");
        jobs().update(id, LONGER);
        node.give(batch(11, 11, 1, List.of(request(11, 1, 2))));
        node.await(STATES, "suspended,suspended");
        restart();
        confirmAll();
        node.await(STATES, "completed,completed");
        List<RunView> runs = node.room.runs().list(OptionalInt.of(id), 0, 10).items();
        assertThat(runs.getLast().taskRuns()).extracting(TaskRunView::dotId).containsExactly("send");
        assertThat(runs.getLast().dotDagSource()).doesNotContain("after");
        assertThat(runs.getFirst().taskRuns()).extracting(TaskRunView::dotId).containsExactly("send", "after");
        assertThat(runs.getFirst().dotDagSource()).contains("after");
    }

    @Test
    void aRequestThatWaitsForConfirmations_isAnsweredWithTheNewSpec() {
        jobs().update(id, SPEC.replace("evmChainID", "minIncomingConfirmations = 3\nevmChainID"));
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        jobs().update(id, LONGER);
        node.give(batch(11, 12, 1, List.of()));
        node.await(STATES, "suspended");
        assertThat(node.query("SELECT job_version FROM carabiner.runs")).isEqualTo("3");
    }

    /** Requests come block by block while the job is changed again and again. */
    @Test
    void noRequestIsLost_whileAJobIsChangedOverAndOver() throws InterruptedException {
        AtomicBoolean enough = new AtomicBoolean();
        Thread editor = Thread.ofVirtual().start(() -> {
            for (int i = 0; !enough.get(); i++) {
                jobs().update(id, SPEC.replace("\"answers\"", "\"answers " + i + "\""));
            }
        });
        for (int block = 10; block < 60; block++) {
            node.give(batch(block, block, 1, List.of(request(block, 1, block), request(block, 1, 1_000 + block))));
        }
        enough.set(true);
        editor.join();
        node.await("SELECT count(*) FROM carabiner.runs WHERE state = 'suspended'", "100");
        assertThat(now().version()).as("changes").isGreaterThan(2);
        assertThat(node.query("SELECT count(*) FROM public.wishes")).isEqualTo("100");
    }

    @Test
    void olderVersions_areForgotten_butNotThoseThatRunsNeed() {
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await(STATES, "suspended");
        for (int i = 0; i < JobStore.VERSIONS_MAX + 3; i++) {
            jobs().update(id, SPEC.replace("\"answers\"", "\"answers " + i + "\""));
        }
        List<JobVersion> kept = jobs().history(id);
        assertThat(kept).hasSize(JobStore.VERSIONS_MAX + 2);
        assertThat(kept.getLast().version()).isEqualTo(1);
    }

    @Test
    void requestsOfAPausedJob_waitAndAreAnsweredAfterwards_withoutANewBlock() throws InterruptedException {
        jobs().pause(id);
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        restart();
        node.give(batch(11, 11, 1, List.of(request(11, 1, 2), request(11, 1, 3))));
        node.give(batch(12, 12, 1, List.of(cancel(12, 1, 3))));
        assertThat(node.query("SELECT count(*) FROM carabiner.runs")).isEqualTo("0");
        jobs().resume(id, false);
        node.await(STATES, "suspended,suspended");
        assertThat(node.query("SELECT string_agg(state, ',' ORDER BY state) FROM carabiner.direct_requests"))
                .as("the one that its requester took back is not answered")
                .isEqualTo("cancelled,started,started");
        node.give(batch(13, 13, 1, List.of(request(13, 1, 4))));
        node.await(STATES, "suspended,suspended,suspended");
    }

    @Test
    void requestsOfAPausedJob_canBeDiscarded() {
        jobs().pause(id);
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        jobs().resume(id, true);
        node.give(batch(11, 11, 1, List.of(request(11, 1, 2))));
        node.await(STATES, "suspended");
        List<DeadRequest> dead = node.room.deadRequests(0, 10).items();
        assertThat(dead).hasSize(1);
        assertThat(dead.getFirst().reason()).startsWith("it came while the job was paused");
    }

    @Test
    void aDeletedJob_isGoneAtOnce_andSendsNothingMore() {
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await(STATES, "suspended");
        jobs().pause(id);
        node.give(batch(11, 11, 1, List.of(request(11, 1, 2))));
        assertThat(jobs().delete(id)).isTrue();
        assertThat(jobs().delete(id)).isFalse();
        assertThat(jobs().find(id)).isEmpty();
        assertThat(jobs().find(TestRequests.JOB)).isEmpty();
        assertThat(jobs().list(0, 10).total()).isZero();
        assertThat(jobs().history(id)).isEmpty();
        assertThat(node.room.runs().list(OptionalInt.empty(), 0, 10).total()).isZero();
        int again = jobs().create(SPEC).id();
        assertThat(again).as("name and external id are free").isNotEqualTo(id);
        node.give(batch(12, 12, 1, List.of(request(12, 1, 3))));
        node.await(
                "SELECT string_agg(state, ',' ORDER BY id) FROM carabiner.runs WHERE job_id = " + again, "suspended");
        assertThat(node.query("SELECT count(*) FROM public.wishes")).isEqualTo("2");
    }

    @Test
    void whatADeletedJobLeaves_isRemovedPageByPage_byTheNextProcessToo() throws InterruptedException {
        server.execute("INSERT INTO carabiner.runs (job_id, state, inputs, finished_at) SELECT " + id
                + ", 'completed', '{}', now() FROM generate_series(1, 1200)");
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await("SELECT count(*) FROM carabiner.runs WHERE state = 'suspended'", "1");
        server.execute("UPDATE carabiner.jobs SET deleted_at = now()");
        restart();
        node.await("SELECT count(*) FROM carabiner.jobs", "0");
        assertThat(node.query("SELECT count(*) FROM carabiner.runs")).isEqualTo("0");
        assertThat(node.query("SELECT count(*) FROM carabiner.direct_requests WHERE job_id IS NULL"))
                .as("that it was answered stays on record")
                .isEqualTo("1");
    }
}
