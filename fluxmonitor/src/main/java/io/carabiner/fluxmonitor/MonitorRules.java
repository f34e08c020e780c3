package io.carabiner.fluxmonitor;

import io.carabiner.fluxmonitor.Monitor.Task;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a flux monitor does: from where it stands and what happened to where it stands then and what it wants. Pure. Go
 * counterpart: core/services/fluxmonitorv2/flux_monitor.go (2.15).
 *
 * <p>Beyond the Go node: a look at the feed that finds a round in progress which waits for this oracle answers it,
 * however it was learnt of. So an event that came while the node was down, an adapter that failed once, or a
 * transaction that was lost costs time, never the round.
 */
record MonitorRules(TimerSettings timers, Deviation deviation, PaymentRules payment, SubmissionRange range) {

    /** The Go node's text in the job's errors. */
    static final String NO_ROUND_STATE =
            "Unable to call roundState method on provided contract. Check contract address.";

    /** The Go node's text in the job's errors. */
    static final String NO_ANSWER = "Error polling";

    /** The Go node's text in the job's errors. */
    static final String OUT_OF_RANGE = "Answer is outside acceptable range";

    /** Up to this round every answer is told: there is none to compare it with. */
    private static final long FIRST_ROUND = 1;

    private static final long SUGGESTED = 0;

    /** A monitor begins. The round of the newest answer sets its timers. */
    Step begin(Moment now, boolean hibernate, RoundState newest) {
        Monitor monitor = new Monitor(Timers.begin(timers, now, hibernate, newest), new Task.Resting());
        if (hibernate) {
            return Step.resting(monitor, new Notice.Hibernation(true));
        }
        return look(monitor, timers.pollsAtTheStart() ? Cause.INITIAL : Cause.REJOIN);
    }

    /** One step. A signal is given only to a monitor at rest, an answer only to one that asked for it. */
    Step step(Monitor monitor, Event event, Moment now) {
        return switch (event) {
            case Event.Signal signal -> signal(monitor, signal, now);
            case Event.RoundRead read -> read(monitor, read, now);
            case Event.FlagsRead(boolean raised) -> flags(monitor, raised, now);
            case Event.Unreadable nothing -> unreadable(monitor, nothing, now);
            case Event.Observed(BigDecimal answer) -> observed(monitor, answer, now);
            case Event.NotObserved(String reason) ->
                monitor.task() instanceof Task.Observing task
                        ? failed(
                                monitor,
                                task.cause(),
                                task.round().hasBegun(),
                                now,
                                reason,
                                new Notice.JobError(NO_ANSWER))
                        : unexpected(monitor, event);
            case Event.Submitted submitted ->
                monitor.task() instanceof Task.Submitting task
                        ? done(
                                monitor,
                                task.cause(),
                                new Notice.Reported(task.cause(), task.round().roundId(), task.answer()))
                        : unexpected(monitor, event);
            case Event.SubmittedBefore before ->
                monitor.task() instanceof Task.Submitting task
                        ? done(monitor, task.cause(), new Notice.Passed(task.cause(), "round already answered"))
                        : unexpected(monitor, event);
            case Event.NotSubmitted(String reason) ->
                monitor.task() instanceof Task.Submitting task
                        ? failed(monitor, task.cause(), task.round().hasBegun(), now, reason)
                        : unexpected(monitor, event);
        };
    }

    private static Step unexpected(Monitor monitor, Event event) {
        throw new IllegalStateException(event + " is no answer for a monitor that is " + monitor.task());
    }

    private Step signal(Monitor monitor, Event.Signal signal, Moment now) {
        if (!monitor.isResting()) {
            return unexpected(monitor, signal);
        }
        return switch (signal) {
            case Event.TimeCame time -> timeCame(monitor, now);
            case Event.RoundBegan(NewRound round, boolean own) -> roundBegan(monitor, round, own, now);
            case Event.AnswerUpdated updated -> Step.asking(monitor.doing(new Task.Peeking()), new Ask.PeekRound());
            case Event.FlagRaised raised ->
                monitor.timers().hibernating()
                        ? Step.resting(monitor)
                        : Step.asking(monitor.doing(new Task.LookingAtFlags()), new Ask.ReadFlags());
            case Event.FlagLowered lowered -> awaken(monitor);
        };
    }

    private Step timeCame(Monitor monitor, Moment now) {
        Optional<Timers.Fired> fired = monitor.timers().due(now);
        if (fired.isEmpty()) {
            return Step.resting(monitor);
        }
        Monitor after = monitor.with(fired.get().after());
        return fired.get().cause() == Cause.HIBERNATION
                ? Step.asking(after.doing(new Task.Dozing()), new Ask.ReadFlags())
                : look(after, fired.get().cause());
    }

    private static Step look(Monitor monitor, Cause cause) {
        return Step.asking(monitor.doing(new Task.Reading(cause, false)), new Ask.ReadRound(SUGGESTED, Duration.ZERO));
    }

    private static Step roundBegan(Monitor monitor, NewRound round, boolean own, Moment now) {
        Notice seen = new Notice.RoundSeen(round.roundId());
        Monitor timed = monitor.with(monitor.timers().roundBegan(now, round.startedAt()));
        if (own) {
            return Step.resting(timed, seen);
        }
        Ask ask = new Ask.ReadRound(round.roundId(), Duration.ZERO);
        return Step.asking(timed.doing(new Task.Reading(Cause.NEW_ROUND, false)), ask, seen);
    }

    private static Step awaken(Monitor monitor) {
        return monitor.timers().hibernating()
                ? Step.asking(monitor.doing(new Task.Awakening()), new Ask.ReadNewest())
                : Step.resting(monitor);
    }

    private Step flags(Monitor monitor, boolean raised, Moment now) {
        return switch (monitor.task()) {
            case Task.LookingAtFlags looking ->
                raised
                        ? Step.resting(monitor.with(monitor.timers().hibernate(now)), new Notice.Hibernation(true))
                        : Step.resting(monitor);
            case Task.Dozing dozing -> raised ? look(monitor, Cause.HIBERNATION) : awaken(monitor);
            default -> unexpected(monitor, new Event.FlagsRead(raised));
        };
    }

    /** Without an answer the flags count as they did: a feed that is asleep has its daily look. */
    private Step unreadable(Monitor monitor, Event.Unreadable nothing, Moment now) {
        return switch (monitor.task()) {
            case Task.Reading(Cause cause, boolean heldBack) ->
                nothing.byChain()
                        ? failed(
                                monitor,
                                cause,
                                cause.onlyJoins(),
                                now,
                                nothing.reason(),
                                new Notice.JobError(NO_ROUND_STATE))
                        : failed(monitor, cause, cause.onlyJoins(), now, nothing.reason());
            case Task.Peeking peeking -> Step.resting(monitor);
            case Task.LookingAtFlags looking -> Step.resting(monitor);
            case Task.Dozing dozing -> look(monitor, Cause.HIBERNATION);
            case Task.Awakening awakening -> awake(monitor, Optional.empty(), now);
            default -> unexpected(monitor, nothing);
        };
    }

    private Step read(Monitor monitor, Event.RoundRead read, Moment now) {
        return switch (monitor.task()) {
            case Task.Reading reading -> roundRead(monitor, reading, read, now);
            case Task.Peeking peeking ->
                Step.resting(monitor.with(monitor.timers().reset(now, read.round())));
            case Task.Awakening awakening -> awake(monitor, Optional.of(read.round()), now);
            default -> unexpected(monitor, read);
        };
    }

    /** A flag was lowered: whatever the price is now is told. */
    private Step awake(Monitor monitor, Optional<RoundState> newest, Moment now) {
        Timers awake = newest.map(round -> monitor.timers().awaken(now, round))
                .orElseGet(() -> monitor.timers().awaken(now, UnknownRound.at(now)));
        Step step = look(monitor.with(awake), Cause.AWAKEN);
        return new Step(step.monitor(), step.ask(), List.of(new Notice.Hibernation(false)));
    }

    private Step roundRead(Monitor monitor, Task.Reading reading, Event.RoundRead read, Moment now) {
        RoundState round = read.round();
        Cause cause = reading.cause();
        if (cause == Cause.DRUMBEAT
                && !reading.heldBack()
                && timers.drumbeatRandomDelay().isPositive()) {
            // The schedule strikes at all oracles at once: each waits a little, so that not all begin a round.
            return Step.asking(
                    monitor.doing(new Task.Reading(cause, true)),
                    new Ask.ReadRound(round.roundId(), timers.drumbeatRandomDelay()));
        }
        Monitor timed = monitor.with(monitor.timers().reset(now, round));
        if (read.standing() == Standing.UNDER_WAY && cause.onlyJoins()) {
            // Should the transaction fail, the round still waits.
            return Step.resting(
                    timed.with(timed.timers().rejoinLater(now)), new Notice.Passed(cause, "round is being answered"));
        }
        if (!read.standing().isOpen()) {
            return done(timed, cause, new Notice.Passed(cause, "round " + round.roundId() + ": " + read.standing()));
        }
        Optional<Obstacle> obstacle = payment.obstacle(round);
        if (obstacle.isPresent()) {
            return refused(timed, cause, obstacle.get(), now);
        }
        if (cause.onlyJoins() && !round.hasBegun()) {
            return done(timed, cause, new Notice.Passed(cause, "no round waits for this oracle"));
        }
        return Step.asking(timed.doing(new Task.Observing(cause, round)), new Ask.Observe());
    }

    private Step observed(Monitor monitor, BigDecimal answer, Moment now) {
        if (!(monitor.task() instanceof Task.Observing(Cause cause, RoundState round))) {
            return unexpected(monitor, new Event.Observed(answer));
        }
        if (!range.contains(answer)) {
            return failed(
                    monitor,
                    cause,
                    round.hasBegun(),
                    now,
                    OUT_OF_RANGE,
                    new Notice.OutOfRange(range, answer),
                    new Notice.JobError(OUT_OF_RANGE));
        }
        Notice seen = new Notice.ValueSeen(answer);
        if (isTold(cause, round, answer)) {
            return Step.asking(
                    monitor.doing(new Task.Submitting(cause, round, answer)),
                    new Ask.Submit(round.roundId(), answer, answer.toBigInteger()),
                    seen);
        }
        return Step.resting(monitor, seen, new Notice.Passed(cause, "deviation < threshold"));
    }

    private boolean isTold(Cause cause, RoundState round, BigDecimal answer) {
        return cause.takesAnyAnswer()
                || round.hasBegun()
                || round.roundId() <= FIRST_ROUND
                || deviation.isExceeded(round.latestSubmission(), answer);
    }

    /** The look has what it was for. */
    private static Step done(Monitor monitor, Cause cause, Notice notice) {
        Timers after = monitor.timers().stopRejoining();
        return Step.resting(monitor.with(cause.insists() ? after.stopRetrying() : after), notice);
    }

    /** The contract would not take or not pay an answer. */
    private static Step refused(Monitor monitor, Cause cause, Obstacle obstacle, Moment now) {
        Timers after = monitor.timers().stopRejoining();
        return Step.resting(
                monitor.with(cause.insists() ? after.retryLater(now) : after),
                new Notice.Passed(cause, obstacle.reason()));
    }

    /** @param waiting a round waits for this oracle: it is tried again soon */
    private static Step failed(
            Monitor monitor, Cause cause, boolean waiting, Moment now, String reason, Notice... notices) {
        Timers retrying = cause.insists() ? monitor.timers().retryLater(now) : monitor.timers();
        Timers after = waiting ? retrying.rejoinLater(now) : retrying;
        List<Notice> all = new ArrayList<>(List.of(new Notice.Failed(cause, reason)));
        all.addAll(List.of(notices));
        return new Step(monitor.with(after).resting(), Optional.empty(), all);
    }
}
