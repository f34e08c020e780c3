package io.carabiner.fluxmonitor;

import io.carabiner.database.DatabaseException;
import io.carabiner.database.FencedException;
import io.carabiner.fluxmonitor.Submissions.Place;
import io.carabiner.jobs.Job;
import io.carabiner.jobs.JobService;
import io.carabiner.jobs.NewRun;
import io.carabiner.jobs.RunStarter;
import io.carabiner.pipeline.RunOutcome;
import io.carabiner.pipeline.Variables;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.FaultException;
import io.carabiner.telemetry.HealthStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One active job: a thread that owns the monitor, does what its rules ask for, and rests until a timer or the chain
 * calls. Public methods are safe for use by many threads.
 */
final class FluxMonitor implements JobService {

    /** The longest pause before a monitor that cannot begin, or broke, is tried again. */
    static final Duration BEGIN_RETRY_MAX = Duration.ofMinutes(1);

    private static final Duration BEGIN_RETRY_MIN = Duration.ofSeconds(1);
    private static final Duration REST_MAX = Duration.ofDays(1);

    private final Job job;
    private final FluxMonitorSpec spec;
    private final Surroundings around;
    private final RunStarter runs;
    private final OracleKey key;
    private final Mailbox mailbox = new Mailbox();
    private final Reporter reporter;
    private @Nullable Thread thread;
    private @Nullable Observation observation;
    private volatile Optional<String> trouble = Optional.of("it has not begun yet");

    /** What was observed for a round, until it is stored. */
    private record Observation(Variables variables, RunOutcome outcome) {}

    FluxMonitor(Job job, FluxMonitorSpec spec, Surroundings around, RunStarter runs) {
        this.job = job;
        this.spec = spec;
        this.around = around;
        this.runs = runs;
        this.reporter = new Reporter(job, around, runs);
        this.key = new OracleKey(around.keys(), spec.evmChainId(), around.feed(), reporter.messages());
    }

    FluxMonitorSpec spec() {
        return spec;
    }

    /** What the chain told; never waits. */
    void tell(FeedLog log) {
        switch (log) {
            case FeedLog.RoundBegan(NewRound round) ->
                mailbox.put(new Event.RoundBegan(
                        round, key.current().filter(round.startedBy()::equals).isPresent()));
            case FeedLog.Answered answered -> mailbox.put(new Event.AnswerUpdated());
            case FeedLog.FlagChanged(Address subject, boolean raised) ->
                mailbox.put(raised ? new Event.FlagRaised() : new Event.FlagLowered());
        }
    }

    HealthStatus health() {
        return trouble.map(HealthStatus::failing).orElse(HealthStatus.PASSING);
    }

    @Override
    public synchronized void start() {
        if (thread == null && !mailbox.isStopped()) {
            thread = Thread.ofVirtual().name("flux-monitor-" + job.id()).start(this::run);
        }
    }

    @Override
    public synchronized void stop() {
        mailbox.stop();
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public void deleted() {
        around.metrics().forget(job);
    }

    private void run() {
        Duration pause = BEGIN_RETRY_MIN;
        while (!mailbox.isStopped()) {
            try {
                Life life = begin();
                pause = BEGIN_RETRY_MIN;
                life.live();
            } catch (InterruptedException | FencedException e) {
                // Told to stop, or another node has taken over: whoever begins next finds everything in the database.
                return;
            } catch (FaultException e) {
                reporter.messages().cannotBegin(String.valueOf(e.getMessage()), pause.toSeconds());
                pause = paused(pause, String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                reporter.messages().broken(e);
                pause = paused(pause, "it broke: " + e);
            }
        }
    }

    private Duration paused(Duration pause, String why) {
        trouble = Optional.of(why);
        try {
            around.time().sleep(pause);
        } catch (InterruptedException e) {
            mailbox.stop();
        }
        Duration next = pause.multipliedBy(2);
        return next.compareTo(BEGIN_RETRY_MAX) < 0 ? next : BEGIN_RETRY_MAX;
    }

    /** Reads what does not change, and where the feed stands. Throws if the chain does not answer. */
    private Life begin() {
        MonitorRules rules = new MonitorRules(
                spec.timers(),
                Deviation.of(spec.threshold(), spec.absoluteThreshold()),
                new PaymentRules(around.minContractPayment(), spec.minPayment()),
                around.feed().range());
        Address oracle = key.find();
        boolean hibernate = around.flags()
                .map(flags -> flags.areRaised(spec.contractAddress()))
                .orElse(false);
        RoundState newest = newest(oracle).orElseGet(() -> UnknownRound.at(now()));
        reporter.messages().watching(oracle.toString());
        trouble = Optional.empty();
        return new Life(rules, rules.begin(now(), hibernate, newest));
    }

    private Optional<RoundState> newest(Address oracle) {
        try {
            return Optional.of(
                    around.feed().roundState(oracle, around.feed().newest().roundId()));
        } catch (FaultException e) {
            // A feed without an answer says so by reverting.
            return Optional.empty();
        }
    }

    private Moment now() {
        return Moment.now(around.time());
    }

    /** A monitor from its beginning to the stop. */
    private final class Life {

        private final MonitorRules rules;
        private Step step;

        Life(MonitorRules rules, Step first) {
            this.rules = rules;
            this.step = first;
        }

        void live() throws InterruptedException {
            while (!mailbox.isStopped()) {
                step.notices().forEach(reporter::report);
                Event event = step.ask().isPresent() ? perform(step.ask().get()) : nextSignal();
                step = rules.step(step.monitor(), event, now());
            }
        }

        private Event nextSignal() throws InterruptedException {
            long rest = step.monitor().timers().next().stream()
                    .map(deadline -> deadline - around.time().monotonicNanos())
                    .findFirst()
                    .orElse(REST_MAX.toNanos());
            mailbox.await(rest);
            return mailbox.take().<Event>map(signal -> signal).orElseGet(Event.TimeCame::new);
        }
    }

    private Event perform(Ask ask) throws InterruptedException {
        return switch (ask) {
            case Ask.ReadRound(long round, Duration holdBack) -> {
                holdBack(holdBack);
                yield reading(() -> roundRead(key.find(), round));
            }
            case Ask.PeekRound peek ->
                reading(() -> new Event.RoundRead(around.feed().roundState(key.find(), 0), Standing.NONE));
            case Ask.ReadNewest newest ->
                reading(() -> new Event.RoundRead(
                        around.feed()
                                .roundState(key.find(), around.feed().newest().roundId()),
                        Standing.NONE));
            case Ask.ReadFlags flags ->
                reading(() -> new Event.FlagsRead(around.flags()
                        .map(contract -> contract.areRaised(spec.contractAddress()))
                        .orElse(false)));
            case Ask.Observe observe -> observe();
            case Ask.Submit submit -> submit(submit);
        };
    }

    private void holdBack(Duration max) throws InterruptedException {
        if (max.isPositive()) {
            around.time().sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(max.toNanos())));
        }
    }

    private interface Reading {
        Event read();
    }

    private Event reading(Reading reading) {
        try {
            Event event = reading.read();
            trouble = Optional.empty();
            return event;
        } catch (FencedException e) {
            throw e;
        } catch (FaultException e) {
            String reason = String.valueOf(e.getMessage());
            trouble = Optional.of(reason);
            return new Event.Unreadable(reason, !(e instanceof DatabaseException));
        }
    }

    private Event roundRead(Address oracle, long round) {
        RoundState state = around.feed().roundState(oracle, round);
        return new Event.RoundRead(state, around.submissions().standing(place(oracle, state.roundId())));
    }

    private Place place(Address oracle, long round) {
        return new Place(spec.evmChainId(), spec.contractAddress(), oracle, round);
    }

    private Event observe() throws InterruptedException {
        Variables variables = FeedVariables.of(job, spec, newestAnswer());
        reporter.observing(around.time().monotonicNanos());
        RunOutcome outcome = runs.evaluate(job, variables);
        observation = new Observation(variables, outcome);
        return FeedVariables.answer(outcome);
    }

    private Optional<FeedContract.Newest> newestAnswer() {
        try {
            return Optional.of(around.feed().newest());
        } catch (FaultException e) {
            reporter.messages().noMeta(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Event submit(Ask.Submit submit) {
        Observation observed = observation;
        observation = null;
        if (observed == null) {
            throw new IllegalStateException("a submission without an observation");
        }
        try {
            Address oracle = key.find();
            return around.submit(
                    place(oracle, submit.roundId()),
                    new NewRun(job, observed.variables()),
                    observed.outcome(),
                    submit.submission(),
                    spec.header().gasLimit(),
                    runs);
        } catch (FencedException e) {
            throw e;
        } catch (FaultException e) {
            return new Event.NotSubmitted(String.valueOf(e.getMessage()));
        }
    }
}
