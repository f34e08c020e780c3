package io.carabiner.jobs;

import static io.carabiner.jobs.TestRequests.SPEC;
import static io.carabiner.jobs.TestRequests.batch;
import static io.carabiner.jobs.TestRequests.reorg;
import static io.carabiner.jobs.TestRequests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.Hash32;
import io.carabiner.testkit.TestClock;
import io.carabiner.testkit.TestDatabase;
import io.carabiner.txm.MinedReceipt;
import io.carabiner.txm.TransactionResult;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What reorgs and lost answers of the database undo is done again. The simulation found each of these. */
@Timeout(120)
final class ReorgRepairTest {

    private static final String WISHES = "SELECT count(*) FROM public.wishes";
    private static final String REQUEST = "SELECT state FROM carabiner.direct_requests";
    private static final String FIRST_RUN = "SELECT state FROM carabiner.runs ORDER BY id LIMIT 1";
    private static final Hash32 TX = Hash32.fromHex("ab".repeat(32));

    private final TestClock clock = new TestClock();
    private TestDatabase server;
    private TestNode node;

    @BeforeEach
    void start() throws InterruptedException {
        server = TestNode.newServer();
        node = new TestNode(server, database -> List.of(), clock);
        node.room.jobs().create(SPEC);
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await(FIRST_RUN, "suspended");
    }

    @AfterEach
    void stop() {
        node.close();
        server.close();
    }

    private void requestMovesTo13() {
        node.give(reorg(10, 12, 2, List.of()));
        node.give(batch(13, 13, 2, List.of(request(13, 2, 1))));
    }

    private TransactionResult receiptIn(long block, boolean successful) {
        UUID task = UUID.fromString(node.query("SELECT t.id FROM carabiner.task_runs t ORDER BY t.run_id LIMIT 1"));
        String json = "{\"status\":\"" + (successful ? "0x1" : "0x0") + "\"}";
        return new TransactionResult.Confirmed(
                1, Optional.of(task), new MinedReceipt(TX, block, Hash32.ZERO, 0, successful, json));
    }

    private void settle(TransactionResult result) {
        node.database.execute(tx -> node.room.transactionListener().settled(tx, List.of(result)));
    }

    private void overturn(TransactionResult result) {
        node.database.execute(tx -> node.room.transactionListener().overturned(tx, List.of(result)));
    }

    @Test
    void anAnswerThatRevertedBecauseItsRequestCameLater_isGivenAgain() {
        requestMovesTo13();
        settle(receiptIn(11, false));
        assertThat(node.query(FIRST_RUN)).isEqualTo("errored");
        node.give(batch(14, 14, 2, List.of()));
        node.await(WISHES, "2");
    }

    @Test
    void anAnswerThatRevertedBehindItsRequest_hadItsTry() {
        settle(receiptIn(12, false));
        assertThat(node.query(FIRST_RUN)).isEqualTo("errored");
        node.give(batch(11, 14, 1, List.of()));
        assertThat(node.query(REQUEST)).isEqualTo("started");
        assertThat(node.query(WISHES)).isEqualTo("1");
    }

    @Test
    void aRequestThatMovesAfterItsAnswerReverted_isAnsweredAgain() {
        settle(receiptIn(12, false));
        requestMovesTo13();
        node.await(WISHES, "2");
    }

    @Test
    void aCompletedRunWhoseAnswerWasUndone_isErrored_andItsRequestIsAnsweredAgain() {
        settle(receiptIn(11, true));
        assertThat(node.query(FIRST_RUN)).isEqualTo("completed");
        requestMovesTo13();
        overturn(receiptIn(12, false));
        assertThat(node.query(FIRST_RUN)).isEqualTo("errored");
        node.give(batch(14, 14, 2, List.of()));
        node.await(WISHES, "2");
        overturn(receiptIn(12, false));
        node.give(batch(15, 15, 2, List.of()));
        assertThat(node.query(WISHES)).isEqualTo("2");
    }

    @Test
    void aRunThatNobodyHandedOver_isExecutedAllTheSame() throws InterruptedException {
        node.database.execute(tx -> node.requests.store(new Unheard(tx), batch(11, 11, 1, List.of(request(11, 1, 2)))));
        assertThat(node.query("SELECT state FROM carabiner.runs ORDER BY id DESC LIMIT 1"))
                .isEqualTo("running");
        clock.awaitSleepers(1);
        clock.advance(RunExecutor.RECOVER_EVERY);
        node.await(WISHES, "2");
    }

    /** A transaction whose process never hears of its commit. */
    private record Unheard(WriteTransaction real) implements WriteTransaction {

        @Override
        public Handle sql() {
            return real.sql();
        }

        @Override
        public void afterCommit(Runnable action) {
            // The answer was lost.
        }
    }
}
