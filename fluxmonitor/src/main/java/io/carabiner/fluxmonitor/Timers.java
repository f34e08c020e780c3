package io.carabiner.fluxmonitor;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a monitor looks at its feed next. Go counterpart: core/services/fluxmonitorv2/poll_manager.go (2.15).
 * Immutable: each change gives new timers.
 *
 * @param hibernating all is off except the daily look
 * @param deadlines on the monotonic clock
 * @param retries how often in a row a poll was tried again
 * @param rejoins how often in a row a round was tried again
 */
record Timers(TimerSettings settings, boolean hibernating, Map<Cause, Long> deadlines, int retries, int rejoins) {

    /** The first pause before a round that waits for this oracle is tried again; it doubles each time. */
    static final Duration REJOIN_MIN = Duration.ofSeconds(1);

    /** The longest pause before a round is tried again. */
    static final Duration REJOIN_MAX = Duration.ofMinutes(1);

    /** How often a round is tried again: about five minutes in all. Whatever is open then waits for the next poll. */
    static final int REJOINS_MAX = 10;

    /** Beyond this many doublings every pause is at its longest. */
    private static final int DOUBLINGS_MAX = 20;

    Timers {
        deadlines = Map.copyOf(deadlines);
    }

    /**
     * The timers of a monitor that begins. The idle timer runs from now, unless the newest round tells better, so that
     * a round long past does not make every start a new round.
     */
    static Timers begin(TimerSettings settings, Moment now, boolean hibernate, RoundState newest) {
        Timers resting = new Timers(settings, false, Map.of(), 0, 0);
        return hibernate ? resting.hibernate(now) : resting.awaken(now, newest);
    }

    /** Everything off, except a look each day. */
    Timers hibernate(Moment now) {
        return new Timers(settings, true, Map.of(Cause.HIBERNATION, now.after(TimerSettings.HIBERNATION_PERIOD)), 0, 0);
    }

    /** Everything on again. */
    Timers awaken(Moment now, RoundState newest) {
        return new Timers(settings, false, deadlines, retries, rejoins)
                .without(Cause.HIBERNATION)
                .startIdling(now)
                .reset(now, newest);
    }

    private Timers startIdling(Moment now) {
        return settings.idlePeriod()
                .map(idle -> with(Cause.IDLE, now.after(idle)))
                .orElse(this);
    }

    /** Fits the timers to what the contract says. A poll timer that runs goes on as it is. */
    Timers reset(Moment now, RoundState round) {
        if (hibernating) {
            return with(Cause.HIBERNATION, now.after(TimerSettings.HIBERNATION_PERIOD));
        }
        return startPolling(now)
                .idleSince(now, round.startedAt())
                .timeOut(now, round)
                .startDrumbeat(now);
    }

    private Timers startPolling(Moment now) {
        return settings.pollPeriod()
                .filter(period -> !deadlines.containsKey(Cause.POLL))
                .map(period -> with(Cause.POLL, now.after(period)))
                .orElse(this);
    }

    /**
     * A round has begun: the idle period counts from then, and nothing need be tried again. Without a round, or if the
     * period from it is over already, the timer is left as it is.
     *
     * @param startedAt seconds since 1970, 0 for no round
     */
    Timers idleSince(Moment now, long startedAt) {
        if (hibernating || startedAt == 0 || settings.idlePeriod().isEmpty()) {
            return this;
        }
        Duration left = now.until(startedAt).plus(settings.idlePeriod().get());
        return left.isPositive() ? with(Cause.IDLE, now.after(left)).stopRetrying() : this;
    }

    /** An event tells of a round: as {@link #idleSince}, but an old event that is given again moves nothing. */
    Timers roundBegan(Moment now, long startedAt) {
        Timers moved = idleSince(now, startedAt).stopRejoining();
        Long before = deadlines.get(Cause.IDLE);
        Long after = moved.deadlines().get(Cause.IDLE);
        return before != null && after != null && after - before < 0 ? moved.with(Cause.IDLE, before) : moved;
    }

    private Timers timeOut(Moment now, RoundState round) {
        Duration left = now.until(round.startedAt() + round.timeout());
        return left.isPositive() ? with(Cause.ROUND_TIMEOUT, now.after(left)) : without(Cause.ROUND_TIMEOUT);
    }

    private Timers startDrumbeat(Moment now) {
        return deadlines.containsKey(Cause.DRUMBEAT) ? this : nextDrumbeat(now);
    }

    private Timers nextDrumbeat(Moment now) {
        return settings.drumbeat()
                .map(next -> Duration.between(now.wall(), next.apply(now.wall())))
                .map(wait -> with(Cause.DRUMBEAT, now.after(wait)))
                .orElse(this);
    }

    /** Tries a poll again later, unless that is under way already. */
    Timers retryLater(Moment now) {
        if (hibernating || deadlines.containsKey(Cause.RETRY)) {
            return this;
        }
        return new Timers(settings, false, deadlines, 1, rejoins).with(Cause.RETRY, now.after(settings.retryMin()));
    }

    Timers stopRetrying() {
        return new Timers(settings, hibernating, deadlines, 0, rejoins).without(Cause.RETRY);
    }

    /** Tries a round again later; after {@link #REJOINS_MAX} times it is left. */
    Timers rejoinLater(Moment now) {
        if (rejoins >= REJOINS_MAX) {
            return stopRejoining();
        }
        return new Timers(settings, hibernating, deadlines, retries, rejoins + 1)
                .with(Cause.REJOIN, now.after(doubled(REJOIN_MIN, rejoins, REJOIN_MAX)));
    }

    Timers stopRejoining() {
        return new Timers(settings, hibernating, deadlines, retries, 0).without(Cause.REJOIN);
    }

    private static Duration doubled(Duration first, int times, Duration longest) {
        Duration wait = first.multipliedBy(1L << Math.min(times, DOUBLINGS_MAX));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    /** The next deadline; empty if nothing is awaited. */
    OptionalLong next() {
        return deadlines.values().stream().mapToLong(deadline -> deadline).min();
    }

    /** A timer that has fired, and the timers after it. */
    record Fired(Cause cause, Timers after) {}

    /** The most urgent timer that is due. */
    Optional<Fired> due(Moment now) {
        for (Cause cause : Cause.values()) {
            Long deadline = deadlines.get(cause);
            if (deadline != null && deadline - now.nanos() <= 0) {
                return Optional.of(new Fired(cause, fired(cause, deadline, now)));
            }
        }
        return Optional.empty();
    }

    private Timers fired(Cause cause, long deadline, Moment now) {
        return switch (cause) {
            case POLL -> with(Cause.POLL, nextTick(deadline, now));
            case DRUMBEAT -> nextDrumbeat(now);
            case HIBERNATION -> with(Cause.HIBERNATION, now.after(TimerSettings.HIBERNATION_PERIOD));
            case RETRY ->
                new Timers(settings, hibernating, deadlines, retries + 1, rejoins)
                        .with(Cause.RETRY, now.after(doubled(settings.retryMin(), retries, settings.retryMax())));
            // Should no round come of it, another period counts from here.
            case IDLE -> startIdling(now);
            case REJOIN, ROUND_TIMEOUT, INITIAL, AWAKEN, NEW_ROUND -> without(cause);
        };
    }

    /** Ticks keep their beat; those that were missed are not made up for. */
    private long nextTick(long deadline, Moment now) {
        long period = settings.pollPeriod().orElseThrow().toNanos();
        return deadline + period * ((now.nanos() - deadline) / period + 1);
    }

    private Timers with(Cause cause, long deadline) {
        Map<Cause, Long> changed = new EnumMap<>(Cause.class);
        changed.putAll(deadlines);
        changed.put(cause, deadline);
        return new Timers(settings, hibernating, changed, retries, rejoins);
    }

    private Timers without(Cause cause) {
        if (!deadlines.containsKey(cause)) {
            return this;
        }
        Map<Cause, Long> changed = new EnumMap<>(Cause.class);
        changed.putAll(deadlines);
        changed.remove(cause);
        return new Timers(settings, hibernating, changed, retries, rejoins);
    }
}
