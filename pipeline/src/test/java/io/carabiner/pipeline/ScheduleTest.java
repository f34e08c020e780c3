package io.carabiner.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ScheduleTest {

    /** Time that passes only by sleeping. */
    private static final class SleepingClock implements TimeSource {
        private final AtomicLong nanos = new AtomicLong();
        private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos.get());
        }

        @Override
        public long monotonicNanos() {
            return nanos.get();
        }

        @Override
        public void sleep(Duration duration) {
            sleeps.add(duration);
            nanos.addAndGet(duration.toNanos());
        }
    }

    @Test
    void retries_areAttemptsInAll_withDoubledPauses() throws Exception {
        SleepingClock clock = new SleepingClock();
        try (PipelineRunner runner = Runs.runner(clock)) {
            runner.run(
                    Pipeline.parse("a [type=fail msg=x retries=5 minBackoff=\"1s\" maxBackoff=\"3s\"]"),
                    Variables.empty(),
                    Runs.CONTEXT);
        }
        assertThat(clock.sleeps)
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(3));
    }

    @Test
    void retries_withoutPauses_waitFiveSecondsToAMinute() throws Exception {
        SleepingClock clock = new SleepingClock();
        try (PipelineRunner runner = Runs.runner(clock)) {
            runner.run(Pipeline.parse("a [type=fail retries=6]"), Variables.empty(), Runs.CONTEXT);
        }
        assertThat(clock.sleeps).extracting(Duration::toSeconds).containsExactly(5L, 10L, 20L, 40L, 60L);
    }

    @Test
    void failEarly_endsTheRunBeforeAnyRetry_andCancelsOthers() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        TimeSource clock = new TimeSource() {
            @Override
            public Instant now() {
                return Instant.EPOCH;
            }

            @Override
            public long monotonicNanos() {
                return 0;
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                waiting.countDown();
                new CountDownLatch(1).await();
            }
        };
        try (PipelineRunner runner = Runs.runner(clock)) {
            RunOutcome outcome = runner.run(Pipeline.parse("""
                            slow [type=fail msg=later retries=3]
                            a [type=memo value=1]
                            b [type=fail msg=now failEarly=true retries=3]
                            c [type=memo value=1]
                            a -> b -> c
                            """), Variables.empty(), Runs.CONTEXT);
            assertThat(outcome.failedEarly()).isTrue();
            assertThat(outcome.state()).isEqualTo(RunState.ERRORED);
            assertThat(outcome.allErrors()).contains("now", "task run cancelled (fail early)");
            assertThat(outcome.transactions()).isEmpty();
        }
    }

    @RepeatedTest(20)
    void randomGraphs_haveTheSameResultWhateverTheSchedule() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        StringBuilder dot = new StringBuilder();
        int tasks = 2 + random.nextInt(30);
        for (int i = 0; i < tasks; i++) {
            dot.append("t").append(i).append(randomTask(random, i)).append('\n');
            for (int j = 0; j < i; j++) {
                if (random.nextInt(4) == 0) {
                    dot.append("t").append(j).append(" -> t").append(i).append('\n');
                }
            }
        }
        Pipeline pipeline = Pipeline.parse(dot.toString());
        String first = null;
        try (PipelineRunner runner = Runs.runner(TimeSource.system())) {
            for (int i = 0; i < 5; i++) {
                RunOutcome outcome = runner.run(pipeline, Variables.empty(), Runs.CONTEXT);
                String shown = outcome.outputsJson() + outcome.fatalErrorsJson() + outcome.allErrorsJson();
                first = first == null ? shown : first;
                assertThat(shown).as("seed " + seed + "\n" + dot).isEqualTo(first);
            }
        }
        assertThat(Pipeline.parse(pipeline.print()).tasks())
                .as("seed " + seed)
                .extracting(PipelineTask::dotId, PipelineTask::inputs, PipelineTask::attributes)
                .isEqualTo(pipeline.tasks().stream()
                        .map(task ->
                                org.assertj.core.groups.Tuple.tuple(task.dotId(), task.inputs(), task.attributes()))
                        .toList());
    }

    private static String randomTask(Random random, int number) {
        return switch (random.nextInt(5)) {
            case 0 -> " [type=memo value=" + number + " retries=1]";
            case 1 -> " [type=fail msg=f" + number + "]";
            case 2 -> " [type=sum allowedFaults=100]";
            case 3 -> " [type=coalesce]";
            default -> " [type=median index=" + (number + 1) + "]";
        };
    }
}
