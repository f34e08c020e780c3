package io.carabiner.jobs;

import io.carabiner.database.Database;
import io.carabiner.evm.LogIntake;
import io.carabiner.evm.LogSubscriber;
import io.carabiner.pipeline.BridgeLookup;
import io.carabiner.pipeline.PipelineRunner;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import io.carabiner.txm.TransactionListener;
import io.carabiner.txm.Txm;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The room as one piece: jobs, their triggers and their runs.
 *
 * <p>Order of use: make it; give {@link #transactionListener()} to each chain's transaction manager and register {@link
 * #logSubscriber} at each chain's log intake; {@link #start()}; then start the managers and the chains. Thread-safe.
 */
public final class JobsRoom implements AutoCloseable {

    /**
     * What the room needs from others.
     *
     * @param chains the enabled chains
     * @param managers the transaction manager of a chain; asked only after the start
     * @param intakes the log intake of a chain; asked only after the start
     * @param types the types of jobs beside direct requests
     * @param resultWriteQueueDepth {@code JobPipeline.ResultWriteQueueDepth}, 1 or more
     */
    public record Needs(
            Database database,
            TimeSource time,
            Metrics metrics,
            PipelineRunner runner,
            BridgeLookup bridges,
            List<DirectRequestChain> chains,
            Function<ChainId, Optional<Txm>> managers,
            Function<ChainId, Optional<LogIntake>> intakes,
            List<JobType<?>> types,
            int resultWriteQueueDepth,
            RunRetention retention) {

        /** Copies the lists. */
        public Needs {
            chains = List.copyOf(chains);
            types = List.copyOf(types);
        }

        Set<ChainId> chainIds() {
            return chains.stream().map(DirectRequestChain::chainId).collect(Collectors.toSet());
        }
    }

    private final Needs needs;
    private final ActiveJobs active = new ActiveJobs();
    private final EarlyAnswers early = new EarlyAnswers();
    private final DirectRequestType directRequests;
    private final Jobs jobs;
    private final Runs runs;
    private final RunReaper reaper;
    private final RunWriter writer;
    private final RunExecutor executor;
    private final RunResumer resumer;

    /** A room at rest. */
    public JobsRoom(Needs needs) {
        this.needs = needs;
        this.reaper = new RunReaper(needs.database(), needs.retention(), needs.time());
        OutcomeStore outcomes = new OutcomeStore(
                needs.managers(), early, needs.time(), new RunMetrics(needs.metrics(), needs.time()), reaper);
        this.writer = new RunWriter(needs.database(), outcomes, needs.time(), needs.resultWriteQueueDepth());
        this.directRequests = new DirectRequestType(needs.chainIds(), needs.intakes());
        JobTypes types = new JobTypes(types(needs.types()));
        JobSpecParser parser = new JobSpecParser(types);
        StoredSpecs specs = new StoredSpecs(needs.database(), active, parser);
        this.executor = new RunExecutor(needs.database(), specs, needs.runner(), writer, outcomes);
        this.resumer = new RunResumer(specs, outcomes, executor, needs.time());
        this.runs = new Runs(needs.database(), specs);
        this.jobs = new Jobs(
                needs.database(),
                types,
                parser,
                needs.bridges(),
                active,
                specs,
                new RunStarter(needs.database(), executor, runs),
                reaper);
    }

    private List<JobType<?>> types(List<JobType<?>> others) {
        return Stream.concat(Stream.<JobType<?>>of(directRequests), others.stream())
                .toList();
    }

    /** The jobs. */
    public Jobs jobs() {
        return jobs;
    }

    /**
     * Takes the answer to a task that waits: what an asynchronous bridge sends to its {@code responseURL}. Knowing the
     * id is the right to answer.
     *
     * @param taskRun the id in the bridge's {@code responseURL}
     */
    public ResumeOutcome resume(UUID taskRun, OutsideAnswer answer) {
        return resumer.answer(needs.database(), taskRun, answer.result(), early);
    }

    /**
     * Retries a run that failed; a request is never answered twice by it.
     *
     * @param responses asked whether the run's request is answered already
     */
    public RetryOutcome retry(long runId, OracleResponses responses) {
        return new RunRetries(needs.database(), executor).retry(runId, responses);
    }

    /** A part of the requests that will not be answered unless somebody acts, newest first. */
    public Page<DeadRequest> deadRequests(int offset, int limit) {
        return needs.database().read(sql -> DeadRequests.page(sql, offset, limit));
    }

    /** The runs. */
    public Runs runs() {
        return runs;
    }

    /** What every chain's transaction manager tells the end of transactions to. */
    public TransactionListener transactionListener() {
        return resumer;
    }

    /**
     * What a chain's log intake gives events to.
     *
     * @throws IllegalArgumentException if the chain is none of those given
     */
    public LogSubscriber logSubscriber(ChainId chain) {
        return needs.chains().stream()
                .filter(settings -> settings.chainId().equals(chain))
                .findFirst()
                .map(settings -> new DirectRequests(needs.database(), settings, directRequests, executor))
                .orElseThrow(() -> new IllegalArgumentException("no such chain: " + chain));
    }

    /** Starts the stored jobs, begins to store outcomes, and executes again what an earlier process left unfinished. */
    public void start() {
        writer.start();
        jobs.activateStored();
        executor.recover();
        executor.recoverRegularly(needs.time());
        reaper.start();
    }

    /** Stops executing. What is under way is executed again at the next start. */
    @Override
    public void close() {
        active.nodeStops();
        reaper.close();
        executor.close();
        writer.close();
    }
}
