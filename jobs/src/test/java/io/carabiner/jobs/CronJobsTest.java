package io.carabiner.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.carabiner.jobs.cron.CronJobs;
import io.carabiner.testkit.TestClock;
import io.carabiner.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(Lifecycle.PER_CLASS)
final class CronJobsTest {

    private final TestClock clock = new TestClock();
    private final List<CronJobs> crons = new ArrayList<>();
    private TestDatabase server;
    private TestNode node;

    @BeforeAll
    void start() throws InterruptedException {
        server = TestNode.newServer();
        node = newNode();
    }

    private TestNode newNode() throws InterruptedException {
        return new TestNode(server, database -> {
            crons.add(new CronJobs(database, clock));
            return List.of(crons.getLast());
        });
    }

    @AfterAll
    void stop() {
        crons.forEach(CronJobs::close);
        node.close();
        server.close();
    }

    private static String spec(String name, String schedule, String tasks) {
        return """
                type = "cron"
                schemaVersion = 1
                name = "%s"
                schedule = "%s"
                observationSource = "%s"
                """.formatted(name, schedule, tasks);
    }

    private void second() throws InterruptedException {
        clock.awaitSleepers(1);
        clock.advance(Duration.ofSeconds(1));
        clock.awaitSleepers(1);
    }

    private String runsOf(int job) {
        return "SELECT count(*) FROM carabiner.runs WHERE state <> 'running' AND job_id = " + job;
    }

    @Test
    void jobs_runAtTheirTimes_alsoAfterARestart_untilTheyAreDeleted() throws InterruptedException {
        int each = node.room
                .jobs()
                .create(spec("each", "CRON_TZ=UTC * * * * * *", "a [type=memo value=<$(jobSpec.name)>]"))
                .id();
        int third = node.room
                .jobs()
                .create(spec("third", "CRON_TZ=UTC */3 * * * * *", "a [type=fail msg=<down>]"))
                .id();
        for (int i = 0; i < 6; i++) {
            second();
        }
        node.await(runsOf(each), "6");
        node.await(runsOf(third), "2");
        RunView good = node.room.runs().list(OptionalInt.of(each), 0, 1).items().getFirst();
        assertThat(good.outputs()).hasValue("[\"each\"]");
        assertThat(good.inputs()).contains("\"meta\":{}").contains("\"name\":\"each\"");
        assertThat(good.taskRuns())
                .as("the Go node keeps none of a good cron run")
                .isEmpty();
        RunView bad = node.room.runs().list(OptionalInt.of(third), 0, 1).items().getFirst();
        assertThat(bad.state()).isEqualTo("errored");
        Map<Integer, Page<RunView>> both = node.room.runs().list(List.of(each, third, -1), 0, 1);
        assertThat(both).containsOnlyKeys(each, third, -1);
        assertThat(both.get(each)).isEqualTo(node.room.runs().list(OptionalInt.of(each), 0, 1));
        assertThat(both.get(third)).isEqualTo(node.room.runs().list(OptionalInt.of(third), 0, 1));
        assertThat(both.get(-1)).isEqualTo(new Page<>(List.of(), 0));
        assertThat(node.room.jobs().find(List.of(each, third, -1)))
                .isEqualTo(Map.of(
                        each, node.room.jobs().find(each).orElseThrow(),
                        third, node.room.jobs().find(third).orElseThrow()));
        node.room.jobs().noteError(third, "it broke");
        JobError noted = node.room.jobs().find(third).orElseThrow().errors().getFirst();
        assertThat(node.room.jobs().error(noted.id())).contains(noted);
        assertThat(node.room.jobs().error(-1)).isEmpty();
        assertThat(bad.taskRuns()).hasSize(1);
        node.close();
        crons.removeFirst().close();
        node = newNode();
        second();
        node.await(runsOf(each), "7");
        node.room.jobs().delete(each);
        second();
        second();
        node.await(runsOf(third), "3");
        assertThat(node.room.runs().list(OptionalInt.of(each), 0, 10).total()).isZero();
        node.room.jobs().delete(third);
    }

    /** Ticks of a pause are not made up for. */
    @Test
    void aPausedJob_doesNotTick_untilItIsResumed() throws InterruptedException {
        int job = node.room
                .jobs()
                .create(spec("each", "CRON_TZ=UTC * * * * * *", "a [type=memo value=1]"))
                .id();
        second();
        node.await(runsOf(job), "1");
        node.room.jobs().pause(job);
        second();
        second();
        node.room.jobs().resume(job, false);
        second();
        node.await(runsOf(job), "2");
        second();
        node.await(runsOf(job), "3");
    }

    static Stream<JsonNode> recorded() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        try (InputStream in = CronJobsTest.class.getResourceAsStream("/golden/jobspecs-cron.json")) {
            JsonMapper.shared().readTree(in).forEach(cases::add);
        }
        return cases.stream().filter(entry -> entry.get("toml").asString().contains("type = \"cron\""));
    }

    /** Five fields and seven are told apart as the Go node's start does; a bridge of the recording is not here. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("recorded")
    void aSpec_isTakenOrRefusedAsTheGoNodeDoes(JsonNode entry) {
        String toml = entry.get("toml").asString();
        JobSpecParser parser = node.room.jobs().parser();
        if (entry.get("status").asInt() == 200 || entry.has("before")) {
            JobSpec spec = parser.parse(toml);
            assertThat(spec.type()).isEqualTo("cron");
            return;
        }
        String detail = entry.get("body").get("errors").get(0).get("detail").asString();
        JobSpecException refusal = catchThrowableOfType(JobSpecException.class, () -> parser.parse(toml));
        assertThat(refusal).as(toml).isNotNull();
        if (entry.get("name").asString().equals("schedule five fields")) {
            assertThat(refusal)
                    .hasMessage("while validating cron schedule 'CRON_TZ=UTC 0 0 1 1 *': invalid cron schedule"
                            + " 'CRON_TZ=UTC 0 0 1 1 *': " + detail);
        } else {
            assertThat(refusal).hasMessage(detail);
        }
    }
}
