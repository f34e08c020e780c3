package io.carabiner.fluxmonitor;

import io.carabiner.config.EvmConfig;
import io.carabiner.config.GoDuration;
import io.carabiner.database.Database;
import io.carabiner.evm.Chain;
import io.carabiner.evm.EthClient;
import io.carabiner.evm.LogSubscriber;
import io.carabiner.jobs.Job;
import io.carabiner.jobs.JobHeader;
import io.carabiner.jobs.JobService;
import io.carabiner.jobs.JobSpecException;
import io.carabiner.jobs.JobType;
import io.carabiner.jobs.RunStarter;
import io.carabiner.jobs.SpecFault;
import io.carabiner.jobs.SpecReader;
import io.carabiner.keystore.EthKeys;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.FaultException;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.HealthChecks;
import io.carabiner.telemetry.Metrics;
import io.carabiner.txm.SendingOptions;
import io.carabiner.txm.Txm;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The type of jobs that keep price feeds up to date (FluxAggregator contracts). Register {@link #logSubscriber} at each
 * chain's log intake. Thread-safe. Go counterpart: core/services/fluxmonitorv2/delegate.go (2.15).
 */
public final class FluxMonitorJobs implements JobType<FluxMonitorSpec> {

    /**
     * What the room needs from others.
     *
     * @param chains the enabled chains
     * @param managers the transaction manager of a chain; asked only when something is sent
     */
    public record Needs(
            Database database,
            TimeSource time,
            Metrics metrics,
            HealthChecks health,
            List<Chain> chains,
            Function<ChainId, Optional<Txm>> managers,
            EthKeys keys,
            Settings settings) {

        /** Copies the list. */
        public Needs {
            chains = List.copyOf(chains);
        }
    }

    /**
     * What the operator set.
     *
     * @param defaultHttpTimeout {@code JobPipeline.HTTPRequest.DefaultTimeout}: no poll timer is faster
     * @param simulateTransactions {@code FluxMonitor.SimulateTransactions}
     * @param transactionQueueDepth {@code FluxMonitor.DefaultTransactionQueueDepth}; 0 for any number
     */
    public record Settings(Duration defaultHttpTimeout, boolean simulateTransactions, long transactionQueueDepth) {

        /** How the submissions of a job are sent: of those that wait, the newest answers matter. */
        SendingOptions sending(UUID externalJobId) {
            return new SendingOptions(
                    false,
                    List.of(),
                    Optional.of(transactionQueueDepth)
                            .filter(depth -> depth > 0)
                            .map(depth -> new SendingOptions.DropOldest(
                                    externalJobId, (int) Math.min(depth, Integer.MAX_VALUE))));
        }
    }

    private final Needs needs;
    private final FeedMetrics metrics;
    private final Submissions submissions;
    private final Map<ChainId, FeedSubscriber> subscribers = new HashMap<>();

    /** A type without jobs. */
    public FluxMonitorJobs(Needs needs) {
        this.needs = needs;
        this.metrics = new FeedMetrics(needs.metrics());
        this.submissions = new SqlSubmissions(needs.database(), needs.managers());
        for (Chain chain : needs.chains()) {
            subscribers.put(chain.id(), new FeedSubscriber(chain.config().flagsContractAddress()));
        }
    }

    /**
     * What a chain's log intake gives events to.
     *
     * @throws IllegalArgumentException if the chain is none of those given
     */
    public LogSubscriber logSubscriber(ChainId chain) {
        FeedSubscriber subscriber = subscribers.get(chain);
        if (subscriber == null) {
            throw new IllegalArgumentException("no such chain: " + chain);
        }
        return subscriber;
    }

    @Override
    public String name() {
        return FluxMonitorSpec.TYPE;
    }

    @Override
    public Class<FluxMonitorSpec> specClass() {
        return FluxMonitorSpec.class;
    }

    @Override
    public boolean supportsAsync() {
        return false;
    }

    @Override
    public Function<JobHeader, FluxMonitorSpec> read(SpecReader fields) {
        return SpecKeys.read(fields);
    }

    @Override
    public List<SpecFault> faults(FluxMonitorSpec spec) {
        Duration least = Stream.concat(
                        Stream.of(
                                needs.settings().defaultHttpTimeout(),
                                spec.header().maxTaskDuration()),
                        spec.header().pipeline().minTimeout().stream())
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        return spec.pollTimer().enabledPeriod().stream()
                .filter(period -> period.compareTo(least) < 0)
                .map(period -> new SpecFault(
                        0,
                        0,
                        "PollTimerPeriod (" + GoDuration.print(period) + ") must be equal or greater than the smallest"
                                + " value of MaxTaskDuration param, JobPipeline.HTTPRequest.DefaultTimeout config var,"
                                + " or MinTimeout of all tasks (" + GoDuration.print(least) + ")"))
                .toList();
    }

    /** What the Go node finds out only after it has stored the job. */
    @Override
    public void probe(FluxMonitorSpec spec) {
        Chain chain =
                chain(spec.evmChainId()).orElseThrow(() -> refusal("chain id does not exist: " + spec.evmChainId()));
        Duration least = needs.settings().defaultHttpTimeout();
        spec.pollTimer()
                .enabledPeriod()
                .filter(period -> period.compareTo(least) < 0)
                .ifPresent(period -> {
                    throw refusal("PollTimerPeriod (" + GoDuration.print(period) + "), must be equal or greater than"
                            + " JobPipeline.HTTPRequest.DefaultTimeout (" + GoDuration.print(least) + ") ");
                });
        try {
            new FeedContract(chain.rpc().forConsumer("flux"), spec.contractAddress()).range();
        } catch (FaultException e) {
            throw refusal(String.valueOf(e.getMessage()));
        }
    }

    private static JobSpecException refusal(String reason) {
        return JobSpecException.doesNotFit("failed to create services for job: " + reason);
    }

    private Optional<Chain> chain(ChainId id) {
        return needs.chains().stream().filter(chain -> chain.id().equals(id)).findFirst();
    }

    @Override
    public JobService service(Job job, FluxMonitorSpec spec, RunStarter runs) {
        Optional<Chain> chain = chain(spec.evmChainId());
        return chain.<JobService>map(
                        found -> new Listed(job, found, new FluxMonitor(job, spec, around(found, job, spec), runs)))
                .orElseGet(() -> new Stranded(spec.evmChainId()));
    }

    private Surroundings around(Chain chain, Job job, FluxMonitorSpec spec) {
        EvmConfig config = chain.config();
        EthClient rpc = chain.rpc().forConsumer("flux");
        return new Surroundings(
                spec.contractAddress(),
                rpc,
                config.flagsContractAddress().map(address -> new FlagsContract(rpc, address)),
                config.minContractPayment().amount(),
                config.gasEstimator()
                        .limitJobType()
                        .fm()
                        .orElse(config.gasEstimator().limitDefault()),
                needs.settings().simulateTransactions(),
                needs.settings().sending(job.spec().header().externalJobId()),
                submissions,
                needs.keys(),
                metrics,
                needs.time());
    }

    /** A stored job whose chain is switched off. */
    private record Stranded(ChainId chain) implements JobService {

        @Override
        public void start() {
            throw JobSpecException.doesNotFit("chain id does not exist: " + chain);
        }

        @Override
        public void stop() {
            // It never started.
        }
    }

    /** A monitor that hears its chain's events and shows its health while it is active. */
    private final class Listed implements JobService {

        private final Job job;
        private final FluxMonitor monitor;
        private final Chain chain;
        private final String healthName;

        Listed(Job job, Chain chain, FluxMonitor monitor) {
            this.job = job;
            this.monitor = monitor;
            this.chain = chain;
            this.healthName = "FluxMonitor." + job.spec().header().externalJobId();
        }

        private FeedSubscriber subscriber() {
            return (FeedSubscriber) logSubscriber(chain.id());
        }

        @Override
        public void start() {
            needs.health().register(healthName, monitor::health);
            subscriber().add(monitor);
            chain.logs().wake();
            monitor.start();
        }

        @Override
        public void stop() {
            monitor.stop();
            subscriber().remove(monitor);
            needs.health().unregister(healthName);
        }

        /** One monitor a feed: what is due is seen by the new one, which begins with the feed's own state. */
        @Override
        public void startInPlaceOf(JobService replaced) {
            replaced.stop();
            start();
        }

        /** Figures carry the job's name. */
        @Override
        public void changed(JobService replaced) {
            if (replaced instanceof Listed before && !before.job.nameOrEmpty().equals(job.nameOrEmpty())) {
                before.monitor.deleted();
            }
        }

        @Override
        public void deleted() {
            monitor.deleted();
        }
    }
}
