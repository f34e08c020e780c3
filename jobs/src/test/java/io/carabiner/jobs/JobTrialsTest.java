package io.carabiner.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.carabiner.evm.LogEntry;
import io.carabiner.jobs.cron.CronJobs;
import io.carabiner.pipeline.EthereumAccess;
import io.carabiner.pipeline.PipelineRunner;
import io.carabiner.pipeline.PipelineSettings;
import io.carabiner.pipeline.RunState;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JobTrialsTest {

    private static final String ALL_ROWS =
            "SELECT string_agg(table_name || ' ' || (xpath('/row/c/text()', query_to_xml("
                    + "'SELECT count(*) AS c FROM carabiner.' || table_name, false, true, '')))[1]::text, ', '"
                    + " ORDER BY table_name) FROM information_schema.tables WHERE table_schema = 'carabiner'";

    /** Looks at the request, and ends. */
    private static final String LOOKS = TestRequests.SPEC.replaceFirst(
            "send \\[.*\\]", "look [type=memo value=\"\\$(jobRun.meta.oracleRequest.payment)\"]");

    private static final String CRON = """
            type = "cron"
            schemaVersion = 1
            schedule = "CRON_TZ=UTC 0 0 0 1 1 *"
            observationSource = \"""
              a [type=memo value="$(jobSpec.name)"]
              b [type=memo value="$(jobRun.meta)"]
            \"""
            """;

    private TestDatabase server;
    private TestNode node;
    private JobTrials trials;

    @BeforeAll
    void start() throws InterruptedException {
        server = TestNode.newServer();
        node = new TestNode(server, database -> List.of(new CronJobs(database, TimeSource.system())));
        trials = new JobTrials(
                node.room.jobs(),
                new JobTrials.Needs(
                        () -> new PipelineRunner(
                                PipelineSettings.defaults(),
                                name -> Optional.empty(),
                                EthereumAccess.none(),
                                TimeSource.system(),
                                new Metrics()),
                        chain -> List.of(),
                        chain -> List.of(),
                        chain -> Optional.empty(),
                        (tried, job, request) -> Optional.empty()));
    }

    @AfterAll
    void stop() {
        node.close();
        server.close();
    }

    private static String json(LogEntry log) {
        return "{\"address\":\"" + log.address() + "\",\"blockNumber\":\"0x10\",\"data\":\"" + log.data()
                + "\",\"topics\":"
                + log.topics().stream().map(topic -> "\"" + topic + "\"").collect(Collectors.joining(",", "[", "]"))
                + "}";
    }

    private static String output(JobTrials.Report report, int step) {
        return report.rehearsal()
                .steps()
                .get(step)
                .run()
                .orElseThrow()
                .outputJson()
                .orElseThrow();
    }

    @Test
    void aTrial_storesNothing() throws InterruptedException {
        String before = server.query(ALL_ROWS);
        LogEntry log = TestRequests.request(16, 0, 1);
        JobTrials.Report report = trials.run(LOOKS, new JobTrigger.GivenLog(json(log)));
        assertThat(report.rehearsal().outcome().state()).isEqualTo(RunState.COMPLETED);
        assertThat(output(report, 0)).isEqualTo("\"10\"");
        assertThat(report.findings()).isEmpty();
        assertThat(server.query(ALL_ROWS)).isEqualTo(before).contains("runs 0");
    }

    @Test
    void aCronJob_beginsWithAnEmptyTrigger() throws InterruptedException {
        JobTrials.Report report = trials.run(CRON, new JobTrigger.Empty());
        assertThat(report.findings()).isEmpty();
        assertThat(output(report, 0)).isEqualTo("\"\"");
        assertThat(output(report, 1)).isEqualTo("{}");
    }

    @Test
    void givenVariables_standBesideThoseOfEveryRun() throws InterruptedException {
        JobTrials.Report report = trials.run(CRON, new JobTrigger.GivenVariables("{\"jobRun\":{\"meta\":5}}"));
        assertThat(output(report, 0)).isEqualTo("\"\"");
        assertThat(output(report, 1)).isEqualTo("\"5\"");
    }

    @Test
    void aRequestThatWasNotGiven_isSaid_andFindingsAreAtTheirPlaceInTheSpec() throws InterruptedException {
        JobTrials.Report report = trials.run(LOOKS.replace("$(jobRun.meta.", "$(jobRum.meta."), new JobTrigger.Empty());
        assertThat(report.findings())
                .containsExactly(
                        new SpecFault(
                                0,
                                0,
                                "no request was given, so $(jobRun) is empty: name one with --request tx:HASH or"
                                        + " --log FILE"),
                        new SpecFault(
                                8,
                                19,
                                "task look: there is no variable $(jobRum.meta.oracleRequest.payment); did you mean"
                                        + " jobRun?"));
    }

    @Test
    void aKeyThatTheTypeDoesNotHave_isFound_withTheOneThatWasMeant() throws InterruptedException {
        String spec = "minIncomingConfirmation = 3\n" + LOOKS;
        JobTrials.Report report = trials.run(spec, new JobTrigger.GivenLog(json(TestRequests.request(16, 0, 1))));
        assertThat(report.findings())
                .containsExactly(new SpecFault(
                        1,
                        1,
                        "jobs of this type have no key minIncomingConfirmation; did you mean"
                                + " minIncomingConfirmations?"));
    }

    @Test
    void aSpecThatWouldBeRefused_isRefusedWithAllItsFaults() {
        String spec = LOOKS.replace("evmChainID = \"1337\"", "evmChainID = \"7\"")
                .replace("look [type=memo", "ask [type=bridge name=\"absent\"]\n look [type=memo");
        JobSpecException refusal =
                catchThrowableOfType(JobSpecException.class, () -> trials.run(spec, new JobTrigger.Empty()));
        assertThat(refusal.faults())
                .extracting(SpecFault::message)
                .containsExactly(
                        "not all bridges exist, asked for [absent], exists []",
                        "failed to create services for job: chain id does not exist: 7");
    }

    @Test
    void whatCannotBeBegunWith_isSaid() {
        LogEntry log = TestRequests.request(16, 0, 1);
        assertRefused(LOOKS, new JobTrigger.GivenLog("{}"), "it has no list of topics");
        assertRefused(LOOKS, new JobTrigger.GivenLog("[]"), "it is no object");
        assertRefused(LOOKS, new JobTrigger.GivenLog("{\"topics\":[],\"data\":\"0x\"}"), "no OracleRequest");
        assertRefused(LOOKS, new JobTrigger.GivenLog("{\"topics\":[\"7\"],\"data\":\"0x\"}"), "not");
        assertRefused(
                LOOKS, new JobTrigger.GivenLog(json(log).replace("\"0x10\"", "\"ten\"")), "blockNumber is no number");
        assertRefused(CRON, new JobTrigger.GivenLog(json(log)), "a job of type cron answers no requests");
        assertRefused(LOOKS, new JobTrigger.GivenVariables("[1]"), "the variables must be a JSON object");
        assertRefused(LOOKS, new JobTrigger.GivenVariables("{\"a.b\":1}"), "not a variable's name");
        assertRefused(LOOKS, new JobTrigger.Requested(Hash32.ZERO), "chain 1337 is not enabled");
    }

    private void assertRefused(String spec, JobTrigger trigger, String reason) {
        assertThatThrownBy(() -> trials.run(spec, trigger))
                .isInstanceOf(JobTriggerException.class)
                .hasMessageContaining(reason);
    }
}
