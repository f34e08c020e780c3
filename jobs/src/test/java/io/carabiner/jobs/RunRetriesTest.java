package io.carabiner.jobs;

import static io.carabiner.jobs.TestRequests.SPEC;
import static io.carabiner.jobs.TestRequests.batch;
import static io.carabiner.jobs.TestRequests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.testkit.TestDatabase;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A failed run may be run again, and a request is never answered twice by it. */
final class RunRetriesTest {

    private static final OracleResponses NOT_ANSWERED = (chain, contract, requestId, block) -> false;
    private static final String STATES = "SELECT string_agg(state, ',' ORDER BY id) FROM carabiner.runs";

    private static final String TX = """
            INSERT INTO carabiner.txes (evm_chain_id, from_address, to_address, encoded_payload, value, gas_limit, state,
                nonce, tracked, error, fail_on_revert, signal_callback, pipeline_task_run_id)
            SELECT 1337, decode(repeat('aa', 20), 'hex'), decode(repeat('bb', 20), 'hex'), '', 0, 1, %s, false, true, id
            FROM carabiner.task_runs WHERE run_id = (SELECT min(id) FROM carabiner.runs)""";

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

    /** The queue refuses the transaction: the run fails. */
    private long failedRun() {
        node.txm.refuseAll();
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await(STATES, "errored");
        node.txm.acceptAll();
        return Long.parseLong(node.query("SELECT id FROM carabiner.runs"));
    }

    private RetryOutcome retry(long run) {
        return node.room.retry(run, NOT_ANSWERED);
    }

    private static String reason(RetryOutcome outcome) {
        return ((RetryOutcome.Refused) outcome).reason();
    }

    @Test
    void aFailedRun_isRunAgain_once() {
        long run = failedRun();
        long again = ((RetryOutcome.Started) retry(run)).newRunId();
        node.await(STATES, "errored,suspended");
        assertThat(node.query("SELECT count(*) FROM public.wishes")).isEqualTo("1");
        assertThat(reason(retry(run))).isEqualTo("the run was retried as run " + again);
        assertThat(reason(retry(again))).isEqualTo("the run has not failed: it is suspended");
        assertThat(retry(4_711)).isEqualTo(new RetryOutcome.NoSuchRun());
    }

    @Test
    void aRequestThatIsAnsweredOrGone_isNotRunAgain() {
        long run = failedRun();
        assertThat(reason(node.room.retry(run, (chain, contract, requestId, block) -> block == 10)))
                .isEqualTo("the request is answered on chain already");
        assertThat(reason(node.room.retry(run, (chain, contract, requestId, block) -> {
                    throw new IllegalStateException("no endpoint answers");
                })))
                .isEqualTo("the chain cannot be asked now whether the request is answered, try again later: no endpoint"
                        + " answers");
        server.execute("UPDATE carabiner.direct_requests SET on_chain = false");
        assertThat(reason(retry(run))).startsWith("the request is not on the chain any more");
        assertThat(node.query("SELECT count(*) FROM carabiner.runs")).isEqualTo("1");
    }

    @Test
    void aRunWithATransactionThatMayBeMined_isNotRunAgain() {
        long run = failedRun();
        server.execute(TX.formatted("'in_progress', 1, true, NULL"));
        assertThat(reason(retry(run))).startsWith("a transaction of the run may still be mined");
        server.execute("DELETE FROM carabiner.txes");
        server.execute(TX.formatted("'fatal_error', 1, false, 'refused'"));
        assertThat(retry(run)).isInstanceOf(RetryOutcome.Started.class);
    }

    @Test
    void requestsThatWillNotBeAnswered_areListedWithTheReason() {
        failedRun();
        node.give(batch(
                11, 11, 1, List.of(request(11, 1, 2, BigInteger.ONE, TestRequests.REQUESTER), request(11, 1, 3))));
        List<DeadRequest> dead = node.room.deadRequests(0, 10).items();
        assertThat(dead).extracting(DeadRequest::state).containsExactly("rejected", "errored");
        assertThat(dead.getFirst().reason()).startsWith("insufficient payment");
        assertThat(dead.getLast().reason()).contains("the queue is full");
        assertThat(dead.getLast().runId()).isPresent();
        assertThat(node.room.deadRequests(1, 1).total()).isEqualTo(2);
    }
}
