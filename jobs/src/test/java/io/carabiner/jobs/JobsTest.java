package io.carabiner.jobs;

import static io.carabiner.jobs.TestRequests.SPEC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.carabiner.testkit.TestDatabase;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobsTest {

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

    private Jobs jobs() {
        return node.room.jobs();
    }

    private JobSpecException refusal(String toml) {
        JobSpecException refusal = catchThrowableOfType(JobSpecException.class, () -> jobs().create(toml));
        assertThat(refusal).as("the spec was taken: %s", toml).isNotNull();
        return refusal;
    }

    @Test
    void aJob_isFoundByNumberAndByExternalId_alsoAfterARestart() throws InterruptedException {
        Job job = jobs().create(SPEC);
        node.close();
        node = new TestNode(server);
        assertThat(jobs().find(job.id()).orElseThrow().spec().header().name()).hasValue("answers");
        assertThat(jobs().find(TestRequests.JOB).orElseThrow().id()).isEqualTo(job.id());
        assertThat(jobs().find(job.id() + 1)).isEmpty();
        assertThat(jobs().find(new UUID(1, 2))).isEmpty();
        assertThat(node.requests.filter().isNothing()).isFalse();
    }

    @Test
    void anExternalIdThatWasDrawn_staysTheSame() throws InterruptedException {
        Job job = jobs().create(SPEC.replaceFirst("externalJobID.*\n", ""));
        node.close();
        node = new TestNode(server);
        assertThat(jobs().find(job.id()).orElseThrow().spec().header().externalJobId())
                .isEqualTo(job.spec().header().externalJobId());
    }

    @Test
    void jobsAreListed_newestFirst_byPages() {
        for (int i = 0; i < 5; i++) {
            jobs().create(SPEC.replace("\"answers\"", "\"job " + i + "\"").replaceFirst("externalJobID.*\n", ""));
        }
        Page<Job> page = jobs().list(1, 2);
        assertThat(page.total()).isEqualTo(5);
        assertThat(page.items()).extracting(Job::nameOrEmpty).containsExactly("job 3", "job 2");
    }

    @Test
    void aNameThatIsTaken_isRefusedInTheGoNodesWords() {
        jobs().create(SPEC);
        assertThat(refusal(SPEC.replaceFirst("externalJobID.*\n", "")))
                .hasMessage(
                        "CreateJobFailed: failed to insert job: ERROR: duplicate key value violates unique constraint"
                                + " \"idx_jobs_name\" (SQLSTATE 23505)");
        assertThat(refusal(SPEC.replace("\"answers\"", "\"other\"")))
                .hasMessage(
                        "CreateJobFailed: failed to insert job: ERROR: duplicate key value violates unique constraint"
                                + " \"external_job_id_uniq\" (SQLSTATE 23505)");
        assertThat(refusal(SPEC.replace("answers", "n".repeat(300)).replaceFirst("externalJobID.*\n", "")))
                .hasMessage(
                        "CreateJobFailed: failed to insert job: ERROR: value too long for type character varying(255)"
                                + " (SQLSTATE 22001)");
        assertThat(jobs().list(0, 10).total()).isEqualTo(1);
    }

    /** The five likeliest mistakes, and that none leaves anything behind. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            contractAddress = "0x613a38AC1659769640aaE063C651F48E0250454C" | contractAddress = "0x613a38ac1659769640aae063c651f48e0250454c" | (5, 1): unmarshal text: "0x613a38ac1659769640aae063c651f48e0250454c" is not a valid EIP55 formatted address
            evmChainID = "1337"                                            | evmChainID = "99"                                              | failed to create services for job: chain id does not exist: 99
            type=ethtx                                                     | type=bridge name="nowhere"                                     | not all bridges exist, asked for [nowhere], exists []
            schemaVersion = 1                                              | schema = 1                                                     | failed to parse TOML: invalid schema version
            evmChainID = "1337"                                            | evmChainID = "abc"                                             | (6, 1): unmarshal text: unable to convert abc to Big
            """)
    void aWrongSpec_isRefusedInOneSentence_andNothingIsStored(String right, String wrong, String message) {
        assertThat(refusal(SPEC.replace(right, wrong))).hasMessage(message);
        assertThat(jobs().list(0, 10).total()).isZero();
        assertThat(node.query("SELECT count(*) FROM carabiner.jobs")).isEqualTo("0");
        assertThat(node.requests.filter().isNothing()).isTrue();
    }

    @Test
    void runs_areListedNewestFirstWithTheirTasks() {
        Job job = jobs().create(SPEC);
        node.give(
                TestRequests.batch(10, 10, 1, List.of(TestRequests.request(10, 1, 1), TestRequests.request(10, 1, 2))));
        node.await("SELECT count(*) FROM carabiner.runs WHERE state = 'suspended'", "2");
        Page<RunView> page = node.room.runs().list(OptionalInt.of(job.id()), 0, 1);
        assertThat(page.total()).isEqualTo(2);
        assertThat(page.items()).hasSize(1);
        RunView run = page.items().getFirst();
        assertThat(run.state()).isEqualTo("suspended");
        assertThat(run.outputs()).isEmpty();
        assertThat(run.dotDagSource()).contains("type=ethtx");
        assertThat(run.taskRuns()).extracting(TaskRunView::dotId).containsExactly("send");
        assertThat(run.taskRuns().getFirst().finishedAt()).isEmpty();
        assertThat(node.room.runs().find(run.id())).hasValue(run);
        assertThat(node.room.runs().list(OptionalInt.of(job.id() + 1), 0, 10).total())
                .isZero();
        assertThat(node.room.runs().list(OptionalInt.empty(), 0, 10).items()).hasSize(2);
    }

    @Test
    void aJobWhoseChainIsGone_keepsStanding_withAnErrorThatSaysSo() throws InterruptedException {
        Job job = jobs().create(SPEC);
        server.execute("UPDATE carabiner.jobs SET toml = replace(toml, '\"1337\"', '\"4242\"')");
        node.close();
        node = new TestNode(server);
        assertThat(jobs().find(job.id()).orElseThrow().errors())
                .extracting(JobError::description)
                .containsExactly("chain id does not exist: 4242");
        long error = jobs().find(job.id()).orElseThrow().errors().getFirst().id();
        assertThat(jobs().dismissError(error)).isTrue();
        assertThat(jobs().find(job.id()).orElseThrow().errors()).isEmpty();
    }
}
