package io.carabiner.jobs.cron;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.jobs.Job;
import io.carabiner.jobs.JobHeader;
import io.carabiner.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class AgendaTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Agenda agenda = new Agenda();
    private final Map<Integer, Job> jobs = new HashMap<>();

    private void add(int id, String schedule) {
        Job job = job(id, 1, schedule);
        jobs.put(id, job);
        agenda.add(job, (CronSpec) job.spec(), NOON);
    }

    /** At so many seconds after noon the job has a second spec. */
    private void replace(int id, String schedule, int seconds) {
        Job job = job(id, 2, schedule);
        agenda.replace(job, (CronSpec) job.spec(), NOON.plusSeconds(seconds));
        agenda.remove(jobs.put(id, job));
    }

    private static Job job(int id, int version, String schedule) {
        JobHeader header = new JobHeader(
                Optional.empty(),
                new UUID(0, id),
                1,
                OptionalLong.empty(),
                false,
                Duration.ZERO,
                Pipeline.parse("a [type=memo value=1]"));
        CronSpec spec = new CronSpec(header, schedule, CronSchedule.parse(schedule), Optional.empty());
        return new Job(id, version, spec, "", NOON, false, List.of());
    }

    private List<String> take(int seconds) {
        return agenda.take(NOON.plusSeconds(seconds)).ticks().stream()
                .map(tick -> tick.job().id() + "@"
                        + Duration.between(NOON, tick.due()).toSeconds())
                .toList();
    }

    @Test
    void eachJob_isDueAtItsOwnTimes() {
        add(1, "@every 1s");
        add(2, "CRON_TZ=UTC */3 * * * * *");
        assertThat(take(0)).isEmpty();
        assertThat(take(1)).containsExactly("1@1");
        assertThat(take(1)).isEmpty();
        assertThat(take(3)).containsExactly("1@2", "1@3", "2@3");
        agenda.remove(jobs.get(1));
        assertThat(take(6)).containsExactly("2@6");
    }

    /** An hourly job that is changed every ten minutes would never run if its hour began anew. */
    @Test
    void aJobThatIsChanged_staysDueWhenItWas_ifItsScheduleIsTheSame() {
        add(1, "@every 60s");
        replace(1, "@every 60s", 50);
        assertThat(take(59)).isEmpty();
        assertThat(take(60)).containsExactly("1@60");
        assertThat(take(120)).containsExactly("1@120");
    }

    @Test
    void aTickThatIsDueWhileTheJobIsChanged_isNeitherLostNorRepeated() {
        add(1, "CRON_TZ=UTC * * * * * *");
        assertThat(take(5)).hasSize(5);
        replace(1, "CRON_TZ=UTC * * * * * *", 6);
        assertThat(take(6)).as("with the same schedule").containsExactly("1@6");
        replace(1, "CRON_TZ=UTC */2 * * * * *", 8);
        assertThat(take(8)).as("with another schedule").containsExactly("1@8");
        assertThat(take(10)).containsExactly("1@10");
        replace(1, "CRON_TZ=UTC 30 * * * * *", 11);
        assertThat(take(29)).isEmpty();
        assertThat(take(30)).containsExactly("1@30");
    }

    @Test
    void ticksSeenLate_areAllRun_upToALimit_andOlderOnesAreTold() {
        add(1, "@every 10s");
        Agenda.Due due = agenda.take(NOON.plusSeconds(3_600));
        assertThat(due.ticks())
                .extracting(tick -> Duration.between(NOON, tick.due()).toSeconds())
                .containsExactly(3_579L, 3_589L, 3_599L);
        assertThat(due.skipped()).isEqualTo(Map.of(1, NOON.plusSeconds(10)));
    }

    @Test
    void aClockSetBack_repeatsNothing() {
        add(1, "CRON_TZ=UTC 0 * * * * *");
        assertThat(take(60)).containsExactly("1@60");
        assertThat(take(30)).isEmpty();
        assertThat(take(60)).isEmpty();
        assertThat(take(120)).containsExactly("1@120");
    }

    @Test
    void aScheduleThatNeverComes_isLeftOut() {
        add(1, "CRON_TZ=UTC 0 0 0 31 2 *");
        assertThat(agenda.nextDue()).isEmpty();
    }
}
