package io.carabiner.fluxmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.primitives.Address;
import io.carabiner.testkit.TestClock;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One monitor, led by hand from signal to answer. */
class MonitorRulesTest {

    private static final Address OTHER = Address.fromHex("0x00000000000000000000000000000000000000aa");

    private final TestClock clock = new TestClock();
    private MonitorRules rules = rules(timers(Duration.ofSeconds(15), Duration.ofMinutes(10)));
    private Step step = rules.begin(now(), false, round(false, 4, 0));

    private static TimerSettings timers(Duration poll, Duration idle) {
        return new TimerSettings(Optional.of(poll), Optional.of(idle), Optional.empty(), Duration.ZERO);
    }

    private static MonitorRules rules(TimerSettings timers) {
        return new MonitorRules(
                timers,
                Deviation.of(1, 0),
                new PaymentRules(BigInteger.ONE, Optional.of(BigInteger.TWO)),
                new SubmissionRange(BigInteger.ZERO, BigInteger.valueOf(10_000)));
    }

    private Moment now() {
        return Moment.now(clock);
    }

    /** A round whose oracle told 100 last. */
    private RoundState round(boolean eligible, long id, long startedAt) {
        return new RoundState(
                eligible, id, BigInteger.valueOf(100), startedAt, 0, BigInteger.valueOf(60), 2, BigInteger.TEN);
    }

    private long seconds() {
        return clock.now().getEpochSecond();
    }

    private void happens(Event event) {
        step = rules.step(step.monitor(), event, now());
    }

    /** Lets time pass until something fires. */
    private void waitUntilItLooks() {
        while (step.ask().isEmpty()) {
            clock.advance(Duration.ofSeconds(1));
            happens(new Event.TimeCame());
        }
    }

    /** Ends the look at the beginning: nothing to do. */
    private void settle() {
        happens(new Event.RoundRead(round(false, 4, seconds()), Standing.NONE));
        assertThat(step.monitor().isResting()).isTrue();
    }

    private static Event.RoundRead free(RoundState round) {
        return new Event.RoundRead(round, Standing.NONE);
    }

    private Event.RoundBegan roundBegan(long id) {
        return new Event.RoundBegan(new NewRound(id, OTHER, seconds()), false);
    }

    @Test
    void poll_findsADeviation_andBeginsARound() {
        assertThat(step.ask()).contains(new Ask.ReadRound(0, Duration.ZERO));
        happens(free(round(true, 5, 0)));
        assertThat(step.ask()).contains(new Ask.Observe());
        happens(new Event.Observed(new BigDecimal("102.9")));
        assertThat(step.ask()).contains(new Ask.Submit(5, new BigDecimal("102.9"), BigInteger.valueOf(102)));
        assertThat(step.notices()).containsExactly(new Notice.ValueSeen(new BigDecimal("102.9")));
        happens(new Event.Submitted());
        assertThat(step.notices()).containsExactly(new Notice.Reported(Cause.INITIAL, 5, new BigDecimal("102.9")));
        assertThat(step.monitor().isResting()).isTrue();
        assertThat(step.monitor().timers().deadlines()).containsKeys(Cause.POLL, Cause.IDLE);
    }

    @Test
    void poll_belowTheThreshold_tellsNothing() {
        happens(free(round(true, 5, 0)));
        happens(new Event.Observed(new BigDecimal("100.9")));
        assertThat(step.ask()).isEmpty();
        assertThat(step.notices()).contains(new Notice.Passed(Cause.INITIAL, "deviation < threshold"));
    }

    @Test
    void negativeDecimals_areCutTowardsZero() {
        rules = new MonitorRules(
                rules.timers(),
                rules.deviation(),
                rules.payment(),
                new SubmissionRange(BigInteger.valueOf(-200), BigInteger.valueOf(200)));
        happens(free(round(true, 5, 0)));
        happens(new Event.Observed(new BigDecimal("-103.99")));
        assertThat(step.ask()).contains(new Ask.Submit(5, new BigDecimal("-103.99"), BigInteger.valueOf(-103)));
    }

    @Test
    void theFirstRoundOfAFeed_isBegunWithAnyAnswer() {
        happens(free(round(true, 1, 0)));
        happens(new Event.Observed(new BigDecimal("100")));
        assertThat(step.ask()).contains(new Ask.Submit(1, new BigDecimal("100"), BigInteger.valueOf(100)));
    }

    @Test
    void aPollThatFindsARoundInProgress_answersItWithoutADeviation() {
        happens(free(round(true, 5, seconds() - 3)));
        happens(new Event.Observed(new BigDecimal("100")));
        assertThat(step.ask()).contains(new Ask.Submit(5, new BigDecimal("100"), BigInteger.valueOf(100)));
    }

    @Test
    void anothersRound_isJoined_withoutADeviation() {
        settle();
        happens(roundBegan(5));
        assertThat(step.ask()).contains(new Ask.ReadRound(5, Duration.ZERO));
        assertThat(step.notices()).containsExactly(new Notice.RoundSeen(5));
        happens(free(round(true, 5, seconds())));
        happens(new Event.Observed(new BigDecimal("100")));
        assertThat(step.ask()).contains(new Ask.Submit(5, new BigDecimal("100"), BigInteger.valueOf(100)));
    }

    @Test
    void ourOwnRound_isNotAnsweredAgain_butMovesTheIdleTimer() {
        settle();
        clock.advance(Duration.ofSeconds(14));
        happens(new Event.RoundBegan(new NewRound(5, OTHER, seconds()), true));
        assertThat(step.ask()).isEmpty();
        assertThat(step.notices()).containsExactly(new Notice.RoundSeen(5));
        assertThat(step.monitor().timers().deadlines()).containsEntry(Cause.IDLE, now().after(Duration.ofMinutes(10)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Standing.class,
            names = {"UNDER_WAY", "ANSWERED", "GIVEN_UP"})
    void aRoundThatHasOurSubmission_getsNoSecond(Standing standing) {
        happens(new Event.RoundRead(round(true, 5, seconds()), standing));
        assertThat(step.ask()).isEmpty();
        happens(roundBegan(5));
        happens(new Event.RoundRead(round(true, 5, seconds()), standing));
        assertThat(step.ask()).isEmpty();
    }

    @Test
    void aSubmissionThatFailed_isMadeAnew() {
        happens(new Event.RoundRead(round(true, 5, seconds()), Standing.FAILED));
        assertThat(step.ask()).contains(new Ask.Observe());
    }

    @Test
    void anothersRoundForWhichOursIsUnderWay_isLookedAtAgain_untilItIsAnswered() {
        settle();
        happens(roundBegan(5));
        happens(new Event.RoundRead(round(true, 5, seconds()), Standing.UNDER_WAY));
        assertThat(step.monitor().timers().deadlines()).containsEntry(Cause.REJOIN, now().after(Timers.REJOIN_MIN));
        waitUntilItLooks();
        happens(new Event.RoundRead(round(false, 5, seconds()), Standing.ANSWERED));
        assertThat(step.monitor().timers().deadlines()).doesNotContainKey(Cause.REJOIN);
    }

    @Test
    void aRoundThatDoesNotPay_isLeft() {
        settle();
        happens(roundBegan(5));
        happens(free(new RoundState(
                true, 5, BigInteger.ONE, seconds(), 0, BigInteger.valueOf(60), 2, BigInteger.valueOf(11))));
        assertThat(step.ask()).isEmpty();
        assertThat(step.notices()).containsExactly(new Notice.Passed(Cause.NEW_ROUND, "aggregator is underfunded"));
    }

    @Test
    void idleTimer_tellsAnyAnswer_andIsTriedAgainUntilItCan() {
        settle();
        rules = rules(timers(Duration.ofHours(5), Duration.ofMinutes(10)));
        step = rules.begin(now(), false, round(false, 4, seconds()));
        settle();
        waitUntilItLooks();
        happens(free(round(false, 5, 0)));
        assertThat(step.notices()).containsExactly(new Notice.Passed(Cause.IDLE, "not eligible to submit"));
        long failedAt = seconds();
        waitUntilItLooks();
        assertThat(seconds() - failedAt).isEqualTo(60);
        happens(free(round(true, 5, 0)));
        happens(new Event.NotObserved("the adapter is down"));
        assertThat(step.notices())
                .containsExactly(
                        new Notice.Failed(Cause.RETRY, "the adapter is down"), new Notice.JobError("Error polling"));
        waitUntilItLooks();
        assertThat(seconds() - failedAt).isEqualTo(180);
        happens(free(round(true, 5, 0)));
        happens(new Event.Observed(new BigDecimal("100")));
        assertThat(step.ask()).contains(new Ask.Submit(5, new BigDecimal("100"), BigInteger.valueOf(100)));
        happens(new Event.Submitted());
        assertThat(step.monitor().timers().deadlines()).doesNotContainKey(Cause.RETRY);
    }

    @Test
    void anIdlePollWithoutAnyAnswerOfTheChain_isTriedAgain() {
        settle();
        rules = rules(timers(Duration.ofHours(5), Duration.ofMinutes(10)));
        step = rules.begin(now(), false, round(false, 4, seconds()));
        settle();
        waitUntilItLooks();
        happens(new Event.Unreadable("no endpoint answers", true));
        assertThat(step.notices())
                .containsExactly(
                        new Notice.Failed(Cause.IDLE, "no endpoint answers"),
                        new Notice.JobError(MonitorRules.NO_ROUND_STATE));
        assertThat(step.monitor().timers().deadlines()).containsEntry(Cause.RETRY, now().after(Duration.ofMinutes(1)));
    }

    @Test
    void aDatabaseThatIsAway_isNotCalledAWrongContract() {
        happens(new Event.Unreadable("the database is away", false));
        assertThat(step.notices()).containsExactly(new Notice.Failed(Cause.INITIAL, "the database is away"));
    }

    @Test
    void aRoundThatCouldNotBeAnswered_isTriedAgainSoon_andNeverBegun() {
        settle();
        happens(roundBegan(5));
        happens(free(round(true, 5, seconds())));
        happens(new Event.NotObserved("the adapter is down"));
        waitUntilItLooks();
        assertThat(step.ask()).contains(new Ask.ReadRound(0, Duration.ZERO));
        happens(free(round(true, 5, seconds())));
        happens(new Event.Observed(new BigDecimal("100")));
        happens(new Event.NotSubmitted("the database is away"));
        waitUntilItLooks();
        // The others have closed it meanwhile: a new one is not for this look to begin.
        happens(free(round(true, 6, 0)));
        assertThat(step.ask()).isEmpty();
        assertThat(step.monitor().timers().deadlines()).doesNotContainKey(Cause.REJOIN);
    }

    @Test
    void anAnswerOutsideTheContractsRange_isNotSent_andIsAJobError() {
        happens(free(round(true, 5, 0)));
        happens(new Event.Observed(new BigDecimal("10000.5")));
        assertThat(step.ask()).isEmpty();
        assertThat(step.notices())
                .contains(
                        new Notice.OutOfRange(rules.range(), new BigDecimal("10000.5")),
                        new Notice.JobError("Answer is outside acceptable range"));
    }

    @Test
    void drumbeat_isHeldBack_andLooksAtItsRoundAgain() {
        settle();
        rules = rules(new TimerSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.of(after -> Instant.ofEpochSecond(after.getEpochSecond() + 60)),
                Duration.ofSeconds(10)));
        step = rules.begin(now(), false, round(false, 4, seconds()));
        happens(free(round(true, 5, 0)));
        assertThat(step.notices())
                .as("a job without poll and idle timer begins no round at the start")
                .containsExactly(new Notice.Passed(Cause.REJOIN, "no round waits for this oracle"));
        waitUntilItLooks();
        happens(free(round(true, 5, 0)));
        assertThat(step.ask()).contains(new Ask.ReadRound(5, Duration.ofSeconds(10)));
        happens(free(round(true, 5, 0)));
        happens(new Event.Observed(new BigDecimal("100")));
        assertThat(step.ask()).contains(new Ask.Submit(5, new BigDecimal("100"), BigInteger.valueOf(100)));
    }

    @Test
    void flags_putTheFeedToSleep_andLoweringOneTellsAnyAnswer() {
        settle();
        happens(new Event.FlagRaised());
        assertThat(step.ask()).contains(new Ask.ReadFlags());
        happens(new Event.FlagsRead(false));
        assertThat(step.monitor().timers().hibernating())
                .as("one flag alone is not enough")
                .isFalse();
        happens(new Event.FlagRaised());
        happens(new Event.FlagsRead(true));
        assertThat(step.notices()).containsExactly(new Notice.Hibernation(true));
        assertThat(step.monitor().timers().deadlines()).containsOnlyKeys(Cause.HIBERNATION);

        happens(new Event.FlagLowered());
        assertThat(step.ask()).contains(new Ask.ReadNewest());
        happens(free(round(false, 4, seconds() - 5)));
        assertThat(step.notices()).containsExactly(new Notice.Hibernation(false));
        assertThat(step.ask()).contains(new Ask.ReadRound(0, Duration.ZERO));
        happens(free(round(true, 5, 0)));
        happens(new Event.Observed(new BigDecimal("100")));
        assertThat(step.ask()).contains(new Ask.Submit(5, new BigDecimal("100"), BigInteger.valueOf(100)));
    }

    @Test
    void asleep_theDailyLookTellsAnyAnswer_andNoticesALoweredFlag() {
        step = rules.begin(now(), true, round(false, 4, seconds()));
        assertThat(step.ask()).isEmpty();
        clock.advance(TimerSettings.HIBERNATION_PERIOD);
        happens(new Event.TimeCame());
        assertThat(step.ask()).contains(new Ask.ReadFlags());
        happens(new Event.FlagsRead(true));
        happens(free(round(true, 5, 0)));
        happens(new Event.Observed(new BigDecimal("100")));
        happens(new Event.Submitted());
        assertThat(step.notices()).containsExactly(new Notice.Reported(Cause.HIBERNATION, 5, new BigDecimal("100")));

        clock.advance(TimerSettings.HIBERNATION_PERIOD);
        happens(new Event.TimeCame());
        happens(new Event.FlagsRead(false));
        assertThat(step.ask()).contains(new Ask.ReadNewest());
        happens(new Event.Unreadable("no endpoint answers", true));
        assertThat(step.notices()).containsExactly(new Notice.Hibernation(false));
    }

    @Test
    void asleep_othersRoundsAreStillAnswered() {
        step = rules.begin(now(), true, round(false, 4, seconds()));
        happens(roundBegan(5));
        happens(free(round(true, 5, seconds())));
        happens(new Event.Observed(new BigDecimal("100")));
        assertThat(step.ask()).contains(new Ask.Submit(5, new BigDecimal("100"), BigInteger.valueOf(100)));
    }

    @Test
    void answerUpdated_onlySetsTheTimers() {
        settle();
        happens(new Event.AnswerUpdated());
        assertThat(step.ask()).contains(new Ask.PeekRound());
        happens(free(new RoundState(true, 5, BigInteger.ONE, seconds(), 30, BigInteger.TEN, 1, BigInteger.ONE)));
        assertThat(step.ask()).isEmpty();
        assertThat(step.monitor().timers().deadlines())
                .containsEntry(Cause.ROUND_TIMEOUT, now().after(Duration.ofSeconds(30)));
    }

    @Test
    void anAnswerThatNobodyAskedFor_isAFault() {
        settle();
        assertThatThrownBy(() -> happens(new Event.Submitted())).isInstanceOf(IllegalStateException.class);
        happens(roundBegan(5));
        assertThatThrownBy(() -> happens(roundBegan(6))).isInstanceOf(IllegalStateException.class);
    }
}
