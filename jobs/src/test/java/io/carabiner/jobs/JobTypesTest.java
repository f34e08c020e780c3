package io.carabiner.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.pipeline.RunOutcome;
import io.carabiner.pipeline.Variables;
import io.carabiner.testkit.TestDatabase;
import io.carabiner.values.PipelineValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a room that brings a type of job can rely on. */
final class JobTypesTest {

    private static final String SPEC = """
            type = "bell"
            schemaVersion = 1
            name = "rings"
            observationSource = "a [type=memo value=<$(jobRun.word)>]"
            """;

    record BellSpec(JobHeader header) implements JobSpec {

        @Override
        public String type() {
            return "bell";
        }

        @Override
        public SequencedMap<String, @Nullable Object> attributes(Instant createdAt) {
            return new LinkedHashMap<>();
        }
    }

    /** A job that runs when the test rings. */
    private static final class Bells implements JobType<BellSpec>, JobService {

        final CountDownLatch probing = new CountDownLatch(1);
        final CountDownLatch answer = new CountDownLatch(1);
        final List<String> calls = new ArrayList<>();
        boolean deaf;
        boolean broken;
        RunStarter runs;
        Job job;

        @Override
        public String name() {
            return "bell";
        }

        @Override
        public Class<BellSpec> specClass() {
            return BellSpec.class;
        }

        @Override
        public boolean supportsAsync() {
            return false;
        }

        @Override
        public Function<JobHeader, BellSpec> read(SpecReader fields) {
            return BellSpec::new;
        }

        @Override
        public void probe(BellSpec spec) throws InterruptedException {
            if (deaf) {
                probing.countDown();
                answer.await();
            }
        }

        @Override
        public JobService service(Job made, BellSpec spec, RunStarter starter) {
            job = made;
            runs = starter;
            return this;
        }

        @Override
        public void start() {
            calls.add("start");
            if (broken) {
                throw new IllegalStateException("the bell is cracked");
            }
        }

        @Override
        public void stop() {
            calls.add("stop");
        }

        @Override
        public void created() {
            calls.add("created");
        }

        @Override
        public void changed(JobService replaced) {
            calls.add("changed");
        }

        @Override
        public void deleted() {
            calls.add("deleted");
        }

        NewRun ring(String word) {
            return new NewRun(
                    job, new Variables(Map.of("jobRun", PipelineValue.map(Map.of("word", PipelineValue.text(word))))));
        }
    }

    private final Bells bells = new Bells();
    private TestDatabase server;
    private TestNode node;

    @BeforeEach
    void start() throws InterruptedException {
        server = TestNode.newServer();
        node = new TestNode(server, database -> List.of(bells));
    }

    @AfterEach
    void stop() {
        node.close();
        server.close();
    }

    @Test
    void aJobOfAnotherType_startsRunsThatAreStoredAndCanBeWaitedFor() throws InterruptedException {
        Job job = node.room.jobs().create(SPEC);
        List<Long> ids = bells.runs.start(List.of(bells.ring("ding"), bells.ring("dong")));
        RunView second = bells.runs.await(ids.get(1), Duration.ofSeconds(30)).orElseThrow();
        assertThat(second.state()).isEqualTo("completed");
        assertThat(second.outputs()).hasValue("[\"dong\"]");
        assertThat(second.jobId()).isEqualTo(job.id());
        node.room.jobs().delete(job.id());
        assertThat(bells.calls).containsExactly("start", "created", "stop", "deleted");
        assertThat(bells.runs.start(List.of(bells.ring("late")))).isEmpty();
    }

    @Test
    void anEvaluation_isStoredOnlyWhenItsJobSaysSo() throws InterruptedException {
        Job job = node.room.jobs().create(SPEC);
        RunOutcome outcome = bells.runs.evaluate(job, bells.ring("ding").variables());
        assertThat(outcome.outputsJson()).isEqualTo("[\"ding\"]");
        assertThat(node.room.runs().list(OptionalInt.empty(), 0, 10).items()).isEmpty();
        long id = node.database
                .write(tx -> bells.runs.record(tx, bells.ring("ding"), outcome))
                .orElseThrow();
        RunView stored = node.room.runs().find(id).orElseThrow();
        assertThat(stored.state()).isEqualTo("completed");
        assertThat(stored.taskRuns()).hasSize(1);
    }

    @Test
    void aJobWhoseServiceCannotStart_isNotStored() {
        bells.broken = true;
        assertThatThrownBy(() -> node.room.jobs().create(SPEC))
                .isInstanceOf(JobSpecException.class)
                .hasMessage("failed to create services for job: the bell is cracked");
        assertThat(bells.calls).containsExactly("start", "stop");
        assertThat(node.query("SELECT count(*) FROM carabiner.jobs")).isEqualTo("0");
    }

    @Test
    void aStoredJobThatCannotStartAnyMore_keepsStandingWithAnError() throws InterruptedException {
        int id = node.room.jobs().create(SPEC).id();
        node.close();
        bells.broken = true;
        node = new TestNode(server, database -> List.of(bells));
        assertThat(node.room.jobs().find(id).orElseThrow().errors())
                .extracting(JobError::description)
                .containsExactly("the bell is cracked");
    }

    /** The Go node stops and deletes the job first: it is gone when the other spec cannot start. */
    @Test
    void aJobWhoseNewSpecCannotStart_goesOnWithTheOldOne() throws InterruptedException {
        int id = node.room.jobs().create(SPEC).id();
        bells.calls.clear();
        bells.broken = true;
        assertThatThrownBy(() -> node.room.jobs().update(id, SPEC.replace("rings", "tolls")))
                .isInstanceOf(JobSpecException.class)
                .hasMessage("failed to create services for job: the bell is cracked");
        assertThat(bells.calls).as("the old service was never stopped").containsExactly("start");
        Job job = node.room.jobs().find(id).orElseThrow();
        assertThat(job.toml()).isEqualTo(SPEC);
        bells.job = job;
        List<Long> run = bells.runs.start(List.of(bells.ring("still")));
        assertThat(bells.runs
                        .await(run.getFirst(), Duration.ofSeconds(30))
                        .orElseThrow()
                        .outputs())
                .hasValue("[\"still\"]");
    }

    @Test
    void aChangedJob_hasANewServiceThatTakesThePlaceOfTheOther() {
        int id = node.room.jobs().create(SPEC).id();
        bells.calls.clear();
        JobChange done = node.room.jobs().update(id, SPEC.replace("rings", "tolls"));
        assertThat(((JobChange.Done) done).job().nameOrEmpty()).isEqualTo("tolls");
        assertThat(bells.calls).containsExactly("start", "stop", "changed");
        node.room.jobs().update(id, SPEC.replace("rings", "tolls"));
        assertThat(bells.calls).as("the same spec again changes nothing").hasSize(3);
    }

    @Test
    void aPausedJob_isAtRest_alsoAfterARestart_untilItIsResumed() throws InterruptedException {
        int id = node.room.jobs().create(SPEC).id();
        bells.calls.clear();
        assertThat(((JobChange.Done) node.room.jobs().pause(id)).job().paused()).isTrue();
        assertThat(bells.calls).containsExactly("stop");
        node.close();
        bells.calls.clear();
        node = new TestNode(server, database -> List.of(bells));
        assertThat(bells.calls).as("nothing is started").doesNotContain("start");
        assertThat(node.room.jobs().find(id).orElseThrow().paused()).isTrue();
        node.room.jobs().update(id, SPEC.replace("rings", "tolls"));
        assertThat(bells.calls).as("nor by a change").doesNotContain("start");
        node.room.jobs().resume(id, false);
        assertThat(bells.calls).contains("start");
        assertThat(node.room.jobs().find(id).orElseThrow().paused()).isFalse();
        assertThat(node.room.jobs().pause(99)).isEqualTo(new JobChange.NoSuchJob());
        assertThat(node.room.jobs().resume(99, false)).isEqualTo(new JobChange.NoSuchJob());
    }

    /** The Go node holds a lock meanwhile: one dead coordinator keeps all other jobs waiting for minutes. */
    @Test
    void aJobWithASlowDependency_holdsUpNoOther() throws InterruptedException {
        bells.deaf = true;
        Thread waiting = Thread.ofVirtual().start(() -> node.room.jobs().create(SPEC));
        assertThat(bells.probing.await(30, TimeUnit.SECONDS)).isTrue();
        int other = node.room.jobs().create(TestRequests.SPEC).id();
        assertThat(node.room.jobs().delete(other)).isTrue();
        assertThat(node.room.jobs().list(0, 10).total()).isZero();
        bells.answer.countDown();
        waiting.join();
        assertThat(node.room.jobs().list(0, 10).items())
                .extracting(Job::nameOrEmpty)
                .containsExactly("rings");
    }

    @Test
    void waitingForADependency_hasAnEnd() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        assertThatThrownBy(() -> TimeLimit.within(Duration.ofMillis(20), "probe", () -> {
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                    }
                }))
                .isInstanceOf(TimeoutException.class);
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tasksThatWait_areRefusedForATypeThatCannot() {
        assertThatThrownBy(() -> node.room
                        .jobs()
                        .create(SPEC.replace("type=memo value=<$(jobRun.word)>", "type=ethtx to=<0x1>")))
                .hasMessage("failed to parse TOML: async=true tasks are not supported for bell");
    }
}
