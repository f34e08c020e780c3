package io.carabiner.fluxmonitor;

import io.carabiner.primitives.Address;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A FluxAggregator with a clock of its own, as its contract behaves (version 0.6): rounds, restart delay, timeouts.
 * Oracles are numbers. What it emits is kept, so that a test can give it to monitors.
 */
final class ModelFeed {

    /** A round as it stands. */
    private static final class Round {
        long startedAt;
        long updatedAt;
        long maxSubmissions;
        final List<BigInteger> submissions = new ArrayList<>();

        Round copy() {
            Round copy = new Round();
            copy.startedAt = startedAt;
            copy.updatedAt = updatedAt;
            copy.maxSubmissions = maxSubmissions;
            copy.submissions.addAll(submissions);
            return copy;
        }
    }

    /** An oracle as it stands. */
    private static final class Oracle {
        long lastReported;
        long lastStarted;
        BigInteger latest = BigInteger.ZERO;

        Oracle copy() {
            Oracle copy = new Oracle();
            copy.lastReported = lastReported;
            copy.lastStarted = lastStarted;
            copy.latest = latest;
            return copy;
        }
    }

    private final int oracleCount;
    private final int minSubmissions;
    private final int restartDelay;
    private final long timeout;
    private final Map<Long, Round> rounds = new HashMap<>();
    private final Map<Integer, Oracle> oracles = new HashMap<>();
    private long reporting;
    private Optional<BigInteger> answer = Optional.empty();

    ModelFeed(int oracleCount, int minSubmissions, int restartDelay, long timeout) {
        this.oracleCount = oracleCount;
        this.minSubmissions = minSubmissions;
        this.restartDelay = restartDelay;
        this.timeout = timeout;
        for (int oracle = 0; oracle < oracleCount; oracle++) {
            oracles.put(oracle, new Oracle());
        }
        round(0).updatedAt = 1;
    }

    ModelFeed copy() {
        ModelFeed copy = new ModelFeed(oracleCount, minSubmissions, restartDelay, timeout);
        rounds.forEach((id, round) -> copy.rounds.put(id, round.copy()));
        oracles.forEach((id, oracle) -> copy.oracles.put(id, oracle.copy()));
        copy.reporting = reporting;
        copy.answer = answer;
        return copy;
    }

    Optional<BigInteger> answer() {
        return answer;
    }

    /** The round that is reported to; 0 before the first. */
    long reporting() {
        return reporting;
    }

    private Round round(long id) {
        return rounds.computeIfAbsent(id, any -> new Round());
    }

    /**
     * What a submission does.
     *
     * @return whether it was accepted, and the round that it began, if any
     */
    Outcome submit(int oracle, long id, BigInteger value, long now) {
        if (refusal(oracle, id, now).isPresent()) {
            return new Outcome(false, Optional.empty());
        }
        Oracle who = oracles.get(oracle);
        Optional<NewRound> begun = begin(who, id, now);
        Round round = round(id);
        if (round.maxSubmissions == 0) {
            return new Outcome(false, Optional.empty());
        }
        round.submissions.add(value);
        who.lastReported = id;
        who.latest = value;
        if (round.submissions.size() >= minSubmissions) {
            List<BigInteger> sorted = round.submissions.stream().sorted().toList();
            answer = Optional.of(sorted.get(sorted.size() / 2));
            round.updatedAt = now;
        }
        if (round.submissions.size() >= round.maxSubmissions) {
            round.maxSubmissions = 0;
        }
        return new Outcome(true, begun);
    }

    /** What became of a submission. */
    record Outcome(boolean accepted, Optional<NewRound> begun) {}

    private Optional<NewRound> begin(Oracle who, long id, long now) {
        boolean delayed = id <= who.lastStarted + restartDelay && who.lastStarted != 0;
        if (id != reporting + 1 || delayed) {
            return Optional.empty();
        }
        Round previous = round(id - 1);
        if (timedOut(previous, now)) {
            previous.updatedAt = now;
            previous.maxSubmissions = 0;
        }
        reporting = id;
        round(id).maxSubmissions = oracleCount;
        round(id).startedAt = now;
        who.lastStarted = id;
        return Optional.of(new NewRound(id, Address.ZERO, now));
    }

    private Optional<String> refusal(int oracle, long id, long now) {
        if (oracles.get(oracle).lastReported >= id) {
            return Optional.of("cannot report on previous rounds");
        }
        boolean previousToo = id + 1 == reporting && round(reporting).updatedAt == 0;
        if (id != reporting && id != reporting + 1 && !previousToo) {
            return Optional.of("invalid round to report");
        }
        return id == 1 || supersedable(id - 1, now) ? Optional.empty() : Optional.of("previous round not supersedable");
    }

    private boolean supersedable(long id, long now) {
        return round(id).updatedAt > 0 || timedOut(round(id), now);
    }

    private boolean timedOut(Round round, long now) {
        return round.startedAt > 0 && timeout > 0 && round.maxSubmissions > 0 && round.startedAt + timeout < now;
    }

    RoundState state(int oracle, long queried, long now) {
        Oracle who = oracles.get(oracle);
        if (queried > 0) {
            Round round = round(queried);
            boolean open = round.startedAt > 0 ? round.maxSubmissions > 0 : notDelayed(who, queried);
            return state(open && refusal(oracle, queried, now).isEmpty(), queried, who);
        }
        boolean supersede = who.lastReported == reporting || round(reporting).maxSubmissions == 0;
        long id = supersedable(reporting, now) && supersede ? reporting + 1 : reporting;
        boolean open = id == reporting ? round(id).maxSubmissions > 0 : notDelayed(who, id);
        return state(open && refusal(oracle, id, now).isEmpty(), id, who);
    }

    private boolean notDelayed(Oracle who, long id) {
        return id > who.lastStarted + restartDelay || who.lastStarted == 0;
    }

    private RoundState state(boolean eligible, long id, Oracle who) {
        Round round = round(id);
        return new RoundState(
                eligible,
                id,
                who.latest,
                round.startedAt,
                round.maxSubmissions > 0 ? timeout : 0,
                BigInteger.valueOf(1_000_000),
                oracleCount,
                BigInteger.TEN);
    }
}
