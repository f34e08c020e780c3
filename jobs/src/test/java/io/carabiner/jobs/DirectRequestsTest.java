package io.carabiner.jobs;

import static io.carabiner.jobs.TestRequests.OPERATOR;
import static io.carabiner.jobs.TestRequests.REQUESTER;
import static io.carabiner.jobs.TestRequests.SPEC;
import static io.carabiner.jobs.TestRequests.batch;
import static io.carabiner.jobs.TestRequests.cancel;
import static io.carabiner.jobs.TestRequests.log;
import static io.carabiner.jobs.TestRequests.reorg;
import static io.carabiner.jobs.TestRequests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.evm.LogEntry;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.testkit.TestDatabase;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
final class DirectRequestsTest {

    private static final String WISHES = "SELECT count(*) FROM public.wishes";
    private static final String RUNS = "SELECT count(*) FROM carabiner.runs";
    private static final String STATES =
            "SELECT string_agg(state, ',' ORDER BY request_id) FROM carabiner.direct_requests";

    private TestDatabase server;
    private TestNode node;

    @BeforeEach
    void start() throws InterruptedException {
        server = TestNode.newServer();
        node = new TestNode(server);
    }

    @AfterEach
    void stop() {
        node.close();
        server.close();
    }

    private void createJob() {
        node.room.jobs().create(SPEC);
    }

    private void createJobThatWaits(int confirmations) {
        node.room.jobs().create("minIncomingConfirmations = " + confirmations + "\n" + SPEC);
    }

    @Test
    void requestsOfOneBlock_becomeOneTransactionEach() {
        createJob();
        List<LogEntry> logs = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            logs.add(request(10, 1, i));
        }
        node.give(batch(10, 10, 1, logs));
        node.await(WISHES, "300");
        assertThat(node.query("SELECT count(DISTINCT (state, job_id)) FROM carabiner.runs"))
                .isEqualTo("1");
        node.await("SELECT count(*) FROM carabiner.runs WHERE state = 'suspended'", "300");
    }

    @Test
    void theVariablesOfARun_areThoseTheGoNodeStores() {
        createJob();
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        JsonNode ours = JsonMapper.shared().readTree(node.query("SELECT inputs FROM carabiner.runs"));
        JsonNode theirs = Golden.inputs();
        assertThat(names(ours.get("jobRun"))).isEqualTo(names(theirs.get("jobRun")));
        assertThat(names(ours.get("jobSpec"))).isEqualTo(names(theirs.get("jobSpec")));
        assertThat(names(ours.get("jobRun").get("meta").get("oracleRequest")))
                .isEqualTo(names(theirs.get("jobRun").get("meta").get("oracleRequest")));
        assertThat(ours.get("jobSpec").get("pipelineSpec"))
                .isEqualTo(theirs.get("jobSpec").get("pipelineSpec"));
        assertThat(ours.get("jobSpec").get("externalJobID").asString()).isEqualTo("0xa5ac14e876294726b1f11ae053fc829e");
        assertThat(ours.get("jobRun").get("logAddress").asString())
                .isEqualTo("0x613a38AC1659769640aaE063C651F48E0250454C");
        assertThat(ours.get("jobRun")
                        .get("meta")
                        .get("oracleRequest")
                        .get("payment")
                        .isString())
                .isTrue();
    }

    private static List<String> names(JsonNode object) {
        return object.propertyNames().stream().sorted().toList();
    }

    @Test
    void theSameBatchGivenTwice_isAnsweredOnce() {
        createJob();
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1), request(10, 1, 2))));
        node.await(WISHES, "2");
        node.give(batch(10, 12, 1, List.of(request(10, 1, 1), request(10, 1, 2))));
        assertThat(node.query(RUNS)).isEqualTo("2");
    }

    @Test
    void twoRequestsOfOneId_areAnsweredOnce() {
        createJob();
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1), request(10, 1, 1))));
        node.await(WISHES, "1");
        assertThat(node.query(RUNS)).isEqualTo("1");
    }

    @Test
    void aRequestWaits_untilItHasItsConfirmations() {
        createJobThatWaits(3);
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.give(batch(11, 11, 1, List.of()));
        assertThat(node.query(STATES)).isEqualTo("waiting");
        assertThat(node.query(RUNS)).isEqualTo("0");
        node.give(batch(12, 12, 1, List.of()));
        node.await(WISHES, "1");
        assertThat(node.query(STATES)).isEqualTo("started");
    }

    @Test
    void aRequestThatAReorgTookAwayBeforeItsStart_isNotRun() {
        createJobThatWaits(3);
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.give(reorg(10, 15, 2, List.of()));
        assertThat(node.query(STATES)).isEqualTo("vanished");
        node.give(batch(16, 30, 2, List.of()));
        assertThat(node.query(RUNS)).isEqualTo("0");
    }

    @Test
    void aRequestThatAReorgMoved_isAnsweredOnceWithItsNewBlock() {
        createJobThatWaits(3);
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.give(reorg(10, 13, 2, List.of(request(13, 2, 1))));
        assertThat(node.query(STATES)).isEqualTo("waiting");
        node.give(batch(14, 15, 2, List.of()));
        node.await(WISHES, "1");
        assertThat(node.query("SELECT inputs -> 'jobRun' ->> 'logBlockNumber' FROM carabiner.runs"))
                .isEqualTo("13");
    }

    @Test
    void aRequestThatAReorgMovedAfterItsStart_isNotAnsweredAgain() {
        createJob();
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await(WISHES, "1");
        node.give(reorg(9, 12, 2, List.of(request(11, 2, 1))));
        node.give(reorg(9, 12, 3, List.of()));
        node.give(batch(13, 14, 3, List.of(request(14, 3, 1))));
        assertThat(node.query(RUNS)).isEqualTo("1");
        assertThat(node.query(WISHES)).isEqualTo("1");
        assertThat(node.query("SELECT block_number FROM carabiner.direct_requests"))
                .isEqualTo("14");
    }

    @Test
    void aRequestThatIsCancelledBeforeItsStart_isNotRun() {
        createJobThatWaits(3);
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1), request(10, 1, 2))));
        node.give(batch(11, 11, 1, List.of(cancel(11, 1, 1))));
        node.give(batch(12, 20, 1, List.of()));
        node.await(WISHES, "1");
        assertThat(node.query("SELECT count(*) FROM carabiner.direct_requests WHERE state = 'cancelled'"))
                .isEqualTo("1");
    }

    @Test
    void aCancellationThatAReorgTookAway_doesNotCount() {
        createJobThatWaits(5);
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.give(batch(11, 12, 1, List.of(cancel(12, 1, 1))));
        assertThat(node.query(STATES)).isEqualTo("cancelled");
        node.give(reorg(12, 14, 2, List.of()));
        node.await(WISHES, "1");
    }

    @Test
    void aRunThatIsCancelledWhileItIsExecuted_sendsNothing() throws InterruptedException {
        createJob();
        CountDownLatch atWish = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        node.txm.afterEachWish(wish -> {
            atWish.countDown();
            awaitLatch(goOn);
            node.txm.afterEachWish(next -> {});
            throw new DeadlockForTest();
        });
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        atWish.await();
        Thread canceller = Thread.ofVirtual().start(() -> node.give(batch(11, 11, 1, List.of(cancel(11, 1, 1)))));
        node.await("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted", "t");
        goOn.countDown();
        canceller.join();
        node.await("SELECT state FROM carabiner.runs", "errored");
        assertThat(node.query(WISHES)).isEqualTo("0");
        assertThat(node.query(STATES)).isEqualTo("cancelled");
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stands for anything that makes the writer try its group once more. */
    private static final class DeadlockForTest extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aRequesterWhoIsNotListed_isRejectedWithTheReason() {
        node.room.jobs().create("requesters = [\"0xbbbb70F0e81C6F3430dfdC9fa02fB22BdD818C4e\"]\n" + SPEC);
        Address stranger = Address.fromHex("0x00000000000000000000000000000000000000ff");
        Address friend = Address.fromHex("0xbbbb70F0e81C6F3430dfdC9fa02fB22BdD818C4e");
        node.give(batch(
                10,
                10,
                1,
                List.of(request(10, 1, 1, BigInteger.TEN, stranger), request(10, 1, 2, BigInteger.TEN, friend))));
        node.await(WISHES, "1");
        assertThat(node.query("SELECT reason FROM carabiner.direct_requests WHERE state = 'rejected'"))
                .isEqualTo("invalid requester: " + stranger + " is not among the job's requesters");
    }

    @Test
    void aPaymentBelowTheMinimum_isRejectedWithTheReason() {
        node.room.jobs().create("minContractPaymentLinkJuels = \"100\"\n" + SPEC);
        node.give(batch(
                10,
                10,
                1,
                List.of(
                        request(10, 1, 1, BigInteger.valueOf(99), REQUESTER),
                        request(10, 1, 2, BigInteger.valueOf(100), REQUESTER))));
        node.await(WISHES, "1");
        assertThat(node.query("SELECT reason FROM carabiner.direct_requests WHERE state = 'rejected'"))
                .isEqualTo("insufficient payment: 99 juels, at least 100 are asked");
    }

    @Test
    void withoutAnOwnMinimum_theChainsMinimumCounts() {
        createJob();
        node.give(batch(
                10,
                10,
                1,
                List.of(
                        request(10, 1, 1, BigInteger.valueOf(9), REQUESTER),
                        request(10, 1, 2, BigInteger.TEN, REQUESTER))));
        node.await(WISHES, "1");
        assertThat(node.query("SELECT count(*) FROM carabiner.direct_requests WHERE state = 'rejected'"))
                .isEqualTo("1");
    }

    @Test
    void anUnreadableEvent_isRecordedAndDoesNotHoldUpItsBatch() {
        createJob();
        LogEntry broken = log(10, 1, 7, request(10, 1, 7).topics(), Bytes.fromHex("abcd"));
        node.give(batch(10, 10, 1, List.of(broken, request(10, 1, 1))));
        node.give(batch(10, 11, 1, List.of(broken, request(10, 1, 1))));
        node.await(WISHES, "1");
        assertThat(node.query("SELECT state || ': ' || reason FROM carabiner.direct_requests WHERE request_id IS NULL"))
                .isEqualTo("rejected: the data of OracleRequest has 2 bytes, less than its eight words");
        assertThat(node.room.jobs().find(TestRequests.JOB).orElseThrow().errors())
                .extracting(JobError::description)
                .containsExactly(
                        "unreadable OracleRequest: the data of OracleRequest has 2 bytes, less than its eight words");
    }

    @Test
    void eventsForOthers_leaveNoTrace() {
        createJob();
        LogEntry other = log(
                10,
                1,
                3,
                List.of(OracleLog.REQUEST, TestRequests.hash(1, 9)),
                request(10, 1, 3).data());
        node.give(batch(10, 10, 1, List.of(other, cancel(10, 1, 99))));
        assertThat(node.query("SELECT count(*) FROM carabiner.direct_requests")).isEqualTo("0");
    }

    @Test
    void theFilter_namesTheContractsOfTheChainsJobs() {
        assertThat(node.requests.filter().isNothing()).isTrue();
        createJob();
        assertThat(node.requests.filter().addresses()).containsExactly(OPERATOR);
        assertThat(node.requests.filter().matches(cancel(10, 1, 1))).isTrue();
        assertThat(node.requests.filter().matches(request(10, 1, 1))).isTrue();
    }

    @Test
    void aDeletedJob_isAnsweredNoMore_andItsRequestsAreNeverAnsweredAgain() {
        createJob();
        node.give(batch(10, 10, 1, List.of(request(10, 1, 1))));
        node.await(WISHES, "1");
        Job job = node.room.jobs().find(TestRequests.JOB).orElseThrow();
        assertThat(node.room.jobs().delete(job.id())).isTrue();
        assertThat(node.room.jobs().delete(job.id())).isFalse();
        node.await(RUNS, "0");
        node.room.jobs().create(SPEC);
        node.give(batch(10, 11, 1, List.of(request(10, 1, 1))));
        assertThat(node.query(RUNS)).isEqualTo("0");
    }
}
