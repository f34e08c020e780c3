package io.carabiner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.jobs.cron.CronJobs;
import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.TestDatabase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a look at a spec finds without running it; what the chain says of it is in the stories of the node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JobLintTest {

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
                        () -> {
                            throw new AssertionError("a look runs nothing");
                        },
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

    private LintReport lint(String toml) {
        return trials.lint(toml);
    }

    @Test
    void aGoodSpec_isSilent_andTellsHowItIsKnown() {
        LintReport report = lint(TestRequests.SPEC);
        assertThat(report.faults()).isEmpty();
        assertThat(report.findings()).isEmpty();
        assertThat(report.hasExternalId()).isTrue();
        assertThat(report.spec().orElseThrow().header().name()).hasValue("answers");
        assertThat(lint(TestRequests.SPEC.replaceFirst("externalJobID.*\n", "")).hasExternalId())
                .isFalse();
    }

    @Test
    void everyFault_isThere_withItsPlace() {
        LintReport report = lint(TestRequests.SPEC
                .replace("schemaVersion = 1", "schemaVersion = 2")
                .replace("evmChainID = \"1337\"", "evmChainID = \"x\"")
                .replace("type=ethtx", "type=ethtxx"));
        assertThat(report.spec()).isEmpty();
        assertThat(report.faults())
                .extracting(SpecFault::line)
                .as(report.faults().toString())
                .contains(2, 6, 8);
        assertThat(lint(TestRequests.SPEC.replace("1337", "99")).faults())
                .extracting(SpecFault::message)
                .containsExactly("failed to create services for job: chain id does not exist: 99");
    }

    /** Nobody gives an event here, and its variables are known all the same. */
    @Test
    void variablesThatNoRequestHas_areFound() {
        assertThat(lint(TestRequests.SPEC.replace("$(jobRun.logData)", "$(jobRun.logDate)"))
                        .findings())
                .containsExactly(new SpecFault(
                        8, 68, "task send: there is no variable $(jobRun.logDate); did you mean logData?"));
        assertThat(lint(TestRequests.SPEC.replace("$(jobRun.logData)", "$(jobRun.meta.oracleRequest.requestID)"))
                        .findings())
                .extracting(SpecFault::message)
                .containsExactly("task send: there is no variable $(jobRun.meta.oracleRequest.requestID); did you mean"
                        + " requestId?");
    }

    @Test
    void keysTasksAndGasThatMakeNoSense_areFound() {
        String spec = TestRequests.SPEC
                .replace("evmChainID", "gasLimit = 250000\nrequester = []\nevmChainID")
                .replace("  send [", "  alone [type=memo value=1]\n  send [");
        assertThat(lint(spec).findings())
                .containsExactlyInAnyOrder(
                        new SpecFault(
                                6,
                                1,
                                "an Operator takes no answer that leaves the consumer less than 400000 gas: the"
                                        + " transactions of this job would revert"),
                        new SpecFault(7, 1, "jobs of this type have no key requester; did you mean requesters?"),
                        new SpecFault(10, 3, "task \"alone\" is not used: no task that acts takes its result"));
    }
}
