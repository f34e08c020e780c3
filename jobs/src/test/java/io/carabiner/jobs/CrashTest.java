package io.carabiner.jobs;

import static io.carabiner.jobs.TestRequests.SPEC;
import static io.carabiner.jobs.TestRequests.batch;
import static io.carabiner.jobs.TestRequests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.primitives.Hash32;
import io.carabiner.testkit.TestDatabase;
import io.carabiner.txm.MinedReceipt;
import io.carabiner.txm.TransactionResult;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is lost in memory at whatever moment: each request has one run and one transaction in the end. */
@Timeout(120)
final class CrashTest {

    private static final String WISHES = "SELECT count(*) FROM public.wishes";
    private static final String STATE = "SELECT state FROM carabiner.runs";
    private static final Hash32 TX = Hash32.fromHex("ab".repeat(32));

    private TestDatabase server;
    private TestNode node;

    @BeforeEach
    void start() throws InterruptedException {
        server = TestNode.newServer();
        node = new TestNode(server);
        node.room.jobs().create(SPEC);
    }

    @AfterEach
    void stop() {
        node.close();
        server.close();
    }

    private void restart() throws InterruptedException {
        node.close();
        node = new TestNode(server);
    }

    @Test
    void crashInsideTheIntakesTransaction_leavesNothing_andTheNextIntakeStoresAll() throws InterruptedException {
        assertThatThrownBy(() -> node.database.execute(tx -> {
                    node.requests.store(tx, batch(10, 10, 1, List.of(request(10, 1, 1))));
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
        restart();
        assertThat(node.query("SELECT count(*) FROM carabiner.direct_requests")).isEqualTo("0");
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await(WISHES, "1");
    }

    @Test
    void crashAfterTheIntake_theRunIsExecutedAtTheNextStart() throws InterruptedException {
        node.room.close();
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        assertThat(node.query(STATE)).isEqualTo("running");
        restart();
        node.await(WISHES, "1");
        node.await(STATE, "suspended");
    }

    @Test
    void crashAfterTheTransactionRow_beforeTheCommit_leavesNoTransaction_andTheNextStartMakesOne()
            throws InterruptedException {
        CountDownLatch atWish = new CountDownLatch(1);
        node.txm.afterEachWish(wish -> {
            atWish.countDown();
            awaitForever();
        });
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        atWish.await();
        server.cutConnections();
        restart();
        node.await(WISHES, "1");
        node.await(STATE, "suspended");
        assertThat(node.query("SELECT count(*) FROM carabiner.task_runs")).isEqualTo("1");
        assertThat(node.query("SELECT key FROM public.wishes")).matches("run-\\d+-send");
    }

    private static void awaitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void crashAfterTheOutcome_nothingIsExecutedAgain() throws InterruptedException {
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await(STATE, "suspended");
        String task = node.query("SELECT task FROM public.wishes");
        restart();
        node.give(batch(10, 12, 1, List.of(request(10, 1, 1))));
        assertThat(node.query(WISHES)).isEqualTo("1");
        assertThat(node.query("SELECT id FROM carabiner.task_runs")).isEqualTo(task);
    }

    @Test
    void theReceipt_completesTheRun_inTheTransactionThatStoresIt_alsoAfterARestart() throws InterruptedException {
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await(STATE, "suspended");
        assertThatThrownBy(() -> node.database.execute(tx -> {
                    node.room.transactionListener().settled(tx, List.of(confirmed(true)));
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
        assertThat(node.query(STATE)).isEqualTo("suspended");
        restart();
        node.database.execute(tx -> node.room.transactionListener().settled(tx, List.of(confirmed(true))));
        assertThat(node.query(STATE)).isEqualTo("completed");
        assertThat(node.query("SELECT outputs -> 0 ->> 'status' FROM carabiner.runs"))
                .isEqualTo("0x1");
        node.database.execute(tx -> node.room.transactionListener().settled(tx, List.of(confirmed(true))));
        assertThat(node.query(STATE)).isEqualTo("completed");
    }

    @Test
    void aRevertedReceipt_makesTheRunErrored() {
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await(STATE, "suspended");
        node.database.execute(tx -> node.room.transactionListener().settled(tx, List.of(confirmed(false))));
        assertThat(node.query(STATE)).isEqualTo("errored");
        assertThat(node.query("SELECT fatal_errors ->> 0 FROM carabiner.runs"))
                .isEqualTo("transaction " + TX + " reverted on-chain");
    }

    @Test
    void aTransactionThatFailedForGood_makesTheRunErrored() {
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await(STATE, "suspended");
        node.database.execute(tx -> node.room
                .transactionListener()
                .settled(
                        tx,
                        List.of(new TransactionResult.Failed(
                                1, Optional.of(task()), "fatal error while sending transaction"))));
        assertThat(node.query(STATE)).isEqualTo("errored");
        assertThat(node.query("SELECT error FROM carabiner.task_runs"))
                .isEqualTo("fatal error while sending transaction");
    }

    @Test
    void aRequestWhoseTransactionFailedWhileItWasOffTheChain_isAnsweredWhenItComesBack() {
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await(STATE, "suspended");
        node.give(TestRequests.reorg(10, 12, 2, List.of()));
        node.database.execute(tx -> node.room.transactionListener().settled(tx, List.of(confirmed(false))));
        node.give(batch(13, 13, 2, List.of(request(13, 2, 1))));
        node.await(WISHES, "2");
        assertThat(node.query("SELECT string_agg(state, ',' ORDER BY id) FROM carabiner.runs WHERE state = 'errored'"))
                .isEqualTo("errored");
    }

    @Test
    void aTransactionThatIsRefused_makesTheRunErroredWithTheReason() {
        node.txm.refuseAll();
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await(STATE, "errored");
        assertThat(node.query("SELECT fatal_errors ->> 0 FROM carabiner.runs"))
                .isEqualTo("while creating transaction: the queue is full: task run failed");
    }

    @Test
    void oneRunThatCannotBeStored_doesNotCostTheOthersTheirs() {
        node.txm.afterEachWish(wish -> {
            if (wish.idempotencyKey().orElseThrow().startsWith("run-2-")) {
                throw new IllegalStateException("broken wish");
            }
        });
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1), request(10, 1, 2), request(10, 1, 3))));
        node.await("SELECT string_agg(state, ',' ORDER BY id) FROM carabiner.runs", "suspended,errored,suspended");
        assertThat(node.query("SELECT fatal_errors ->> 0 FROM carabiner.runs WHERE id = 2"))
                .isEqualTo("the run's result cannot be stored: broken wish");
        assertThat(node.query(WISHES)).isEqualTo("2");
    }

    @Test
    void tasksBehindTheTransaction_areExecutedWhenItsReceiptIsThere_alsoIfItReverted() {
        node.room
                .jobs()
                .delete(node.room.jobs().find(TestRequests.JOB).orElseThrow().id());
        node.room
                .jobs()
                .create(SPEC.replace(
                        "minConfirmations=\"2\"]",
                        "minConfirmations=\"2\"]\n  status [type=lookup key=\"status\"]\n  send -> status"));
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await(STATE, "suspended");
        node.database.execute(tx -> node.room.transactionListener().settled(tx, List.of(confirmed(false))));
        node.await(STATE, "completed");
        assertThat(node.query("SELECT outputs ->> 0 FROM carabiner.runs")).isEqualTo("0x0");
        assertThat(node.query(WISHES)).isEqualTo("1");
    }

    @Test
    void textThatPostgresqlCannotKeep_doesNotCostTheRun() {
        node.room
                .jobs()
                .delete(node.room.jobs().find(TestRequests.JOB).orElseThrow().id());
        node.room
                .jobs()
                .create(SPEC.replaceFirst(
                        "send \\[.*", "a [type=hexdecode input=\"0x610062\"]; b [type=memo value=<\"x\\\\u0000y\">]"));
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await("SELECT count(*) FROM carabiner.runs WHERE state IN ('completed', 'errored')", "1");
        assertThat(node.query("SELECT count(*) FROM carabiner.task_runs WHERE output IS NOT NULL OR error IS NOT NULL"))
                .isEqualTo("2");
    }

    private UUID task() {
        return UUID.fromString(node.query("SELECT id FROM carabiner.task_runs"));
    }

    private TransactionResult confirmed(boolean successful) {
        String json = "{\"status\":\"" + (successful ? "0x1" : "0x0") + "\"}";
        return new TransactionResult.Confirmed(
                1, Optional.of(task()), new MinedReceipt(TX, 11, Hash32.ZERO, 0, successful, json));
    }
}
