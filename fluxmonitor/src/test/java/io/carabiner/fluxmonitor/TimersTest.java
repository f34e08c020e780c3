package io.carabiner.fluxmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.testkit.TestClock;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimersTest {

    private static final Duration POLL = Duration.ofSeconds(15);
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final TestClock clock = new TestClock();
    private Timers timers = Timers.begin(settings(), now(), false, round(0, 0));

    private static TimerSettings settings() {
        return new TimerSettings(Optional.of(POLL), Optional.of(IDLE), Optional.empty(), Duration.ZERO);
    }

    private static TimerSettings drumbeat() {
        return new TimerSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.of(after -> Instant.ofEpochSecond((after.getEpochSecond() / 60 + 1) * 60)),
                Duration.ZERO);
    }

    private Moment now() {
        return Moment.now(clock);
    }

    private long seconds() {
        return clock.now().getEpochSecond();
    }

    private static RoundState round(long startedAt, long timeout) {
        return new RoundState(true, 5, BigInteger.ONE, startedAt, timeout, BigInteger.ONE, 1, BigInteger.ONE);
    }

    /** Lets time pass in steps of a second; says what fired at which second. */
    private List<String> firedWithin(Duration duration) {
        List<String> fired = new ArrayList<>();
        for (long second = 1; second <= duration.toSeconds(); second++) {
            clock.advance(Duration.ofSeconds(1));
            Optional<Timers.Fired> due = timers.due(now());
            while (due.isPresent()) {
                fired.add(due.get().cause() + "@" + second);
                timers = due.get().after();
                due = timers.due(now());
            }
        }
        return fired;
    }

    @Test
    void pollTimer_keepsItsBeat_andIsNotRestartedByARound() {
        clock.advance(Duration.ofSeconds(10));
        timers = timers.reset(now(), round(seconds(), 0));
        assertThat(firedWithin(Duration.ofSeconds(36))).containsExactly("POLL@5", "POLL@20", "POLL@35");
    }

    @Test
    void missedTicks_areNotMadeUpFor() {
        clock.advance(Duration.ofSeconds(50));
        assertThat(firedWithin(Duration.ofSeconds(11))).containsExactly("POLL@1", "POLL@10");
    }

    @Test
    void idleTimer_countsFromTheRoundsBeginning() {
        clock.advance(Duration.ofSeconds(100));
        timers = timers.reset(now(), round(seconds() - 60, 0));
        assertThat(firedWithin(Duration.ofSeconds(560)))
                .filteredOn(fired -> fired.startsWith("IDLE"))
                .containsExactly("IDLE@540");
    }

    @Test
    void idleTimer_staysWhenTheRoundIsLongPast_orThereIsNone() {
        clock.advance(Duration.ofSeconds(100));
        timers = timers.reset(now(), round(seconds() - 601, 0));
        timers = timers.reset(now(), round(0, 0));
        assertThat(firedWithin(Duration.ofSeconds(500))).contains("IDLE@500");
    }

    @Test
    void idleTimer_runsAWholePeriodAfterABeginning_evenIfTheNewestRoundIsOld() {
        timers = Timers.begin(settings(), now(), false, round(seconds() - 100_000, 0));
        assertThat(firedWithin(Duration.ofMinutes(10))).contains("IDLE@600").doesNotContain("IDLE@1");
    }

    @Test
    void idleTimer_countsAnotherPeriod_whenNoRoundCameOfIt() {
        assertThat(firedWithin(Duration.ofSeconds(1250)))
                .filteredOn(fired -> fired.startsWith("IDLE"))
                .containsExactly("IDLE@600", "IDLE@1200");
    }

    @Test
    void roundTimer_firesWhenTheRoundIsOver_once() {
        timers = timers.reset(now(), round(seconds() - 10, 30));
        assertThat(firedWithin(Duration.ofSeconds(60)))
                .contains("ROUND_TIMEOUT@20")
                .doesNotContain("ROUND_TIMEOUT@21");
        timers = timers.reset(now(), round(seconds() - 31, 30));
        assertThat(timers.deadlines()).doesNotContainKey(Cause.ROUND_TIMEOUT);
        timers = timers.reset(now(), round(seconds(), 0));
        assertThat(timers.deadlines()).doesNotContainKey(Cause.ROUND_TIMEOUT);
    }

    @Test
    void aRoundFarInTheFuture_doesNotOverflow() {
        timers = timers.reset(now(), round(1L << 61, 1L << 61));
        assertThat(timers.next()).hasValue(now().after(POLL));
    }

    @Test
    void retries_growFromAMinuteToTheIdlePeriod_andStopWhenARoundBegins() {
        timers = Timers.begin(
                new TimerSettings(
                        Optional.empty(), Optional.of(Duration.ofMinutes(5)), Optional.empty(), Duration.ZERO),
                now(),
                false,
                round(0, 0));
        timers = timers.retryLater(now()).retryLater(now());
        assertThat(firedWithin(Duration.ofSeconds(1300)))
                .filteredOn(fired -> fired.startsWith("RETRY"))
                .containsExactly("RETRY@60", "RETRY@180", "RETRY@420", "RETRY@720", "RETRY@1020");
        timers = timers.idleSince(now(), seconds());
        assertThat(timers.deadlines()).containsOnlyKeys(Cause.IDLE);
    }

    @Test
    void aShortIdlePeriod_isAlsoTheFirstPause() {
        timers = Timers.begin(
                new TimerSettings(
                        Optional.empty(), Optional.of(Duration.ofSeconds(20)), Optional.empty(), Duration.ZERO),
                now(),
                false,
                round(0, 0));
        timers = timers.retryLater(now());
        assertThat(firedWithin(Duration.ofSeconds(60)))
                .containsExactly("IDLE@20", "RETRY@20", "IDLE@40", "RETRY@40", "IDLE@60", "RETRY@60");
    }

    @Test
    void rejoins_growFromASecond_andEnd() {
        List<Integer> pauses = new ArrayList<>();
        timers = Timers.begin(drumbeat(), now(), false, round(0, 0));
        for (int i = 0; i < Timers.REJOINS_MAX; i++) {
            timers = timers.rejoinLater(now());
            int waited = 0;
            while (timers.deadlines().containsKey(Cause.REJOIN)) {
                waited += 1;
                firedWithin(Duration.ofSeconds(1));
            }
            pauses.add(waited);
        }
        assertThat(pauses).containsExactly(1, 2, 4, 8, 16, 32, 60, 60, 60, 60);
        timers = timers.rejoinLater(now());
        assertThat(timers.deadlines()).doesNotContainKey(Cause.REJOIN);
        timers = timers.rejoinLater(now());
        assertThat(timers.deadlines()).containsEntry(Cause.REJOIN, now().after(Timers.REJOIN_MIN));
    }

    @Test
    void drumbeat_strikesAtTheTimesOfItsSchedule() {
        clock.advance(Duration.ofSeconds(45));
        timers = Timers.begin(drumbeat(), now(), false, round(0, 0));
        timers = timers.reset(now(), round(seconds(), 0));
        assertThat(firedWithin(Duration.ofSeconds(140))).containsExactly("DRUMBEAT@15", "DRUMBEAT@75", "DRUMBEAT@135");
    }

    @Test
    void hibernation_switchesAllOff_butADailyLook() {
        timers = timers.reset(now(), round(seconds(), 30)).retryLater(now()).hibernate(now());
        assertThat(timers.deadlines()).containsOnlyKeys(Cause.HIBERNATION);
        timers = timers.reset(now(), round(seconds(), 30))
                .idleSince(now(), seconds())
                .retryLater(now());
        assertThat(timers.deadlines()).containsOnlyKeys(Cause.HIBERNATION);
        clock.advance(Duration.ofHours(24));
        assertThat(firedWithin(Duration.ofSeconds(1))).containsExactly("HIBERNATION@1");
        assertThat(timers.deadlines()).containsOnlyKeys(Cause.HIBERNATION);
    }

    @Test
    void awaking_switchesTimersOn_theIdleTimerToo_whateverTheNewestRound() {
        timers = timers.hibernate(now()).awaken(now(), round(seconds() - 100_000, 30));
        assertThat(timers.deadlines()).containsOnlyKeys(Cause.POLL, Cause.IDLE);
        assertThat(timers.hibernating()).isFalse();
    }

    @Test
    void aStepOfTheWallClock_doesNotMoveWhatIsAwaited() {
        clock.stepWall(Duration.ofHours(-5));
        assertThat(firedWithin(Duration.ofSeconds(16))).containsExactly("POLL@15");
    }
}
