package io.carabiner.pipeline;

import io.carabiner.outbound.Deadline;
import io.carabiner.outbound.HttpFetcher;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Executes graphs of tasks. One for the node; safe for use by many threads, and blocking: give each run its own
 * virtual thread.
 */
public final class PipelineRunner implements AutoCloseable {

    private final PipelineSettings settings;
    private final TimeSource time;
    private final PipelineMetrics metrics;
    private final HttpFetcher fetcher;
    private final TaskTools tools;

    /** A runner; what it needs from the rooms above comes through the ports. */
    public PipelineRunner(
            PipelineSettings settings,
            BridgeLookup bridges,
            EthereumAccess ethereum,
            TimeSource time,
            Metrics metrics) {
        this(settings, bridges, ethereum, time, metrics, new BridgeWatch(BridgeLimits.none(), time, metrics));
    }

    /** The same, with limits for bridges. */
    public PipelineRunner(
            PipelineSettings settings,
            BridgeLookup bridges,
            EthereumAccess ethereum,
            TimeSource time,
            Metrics metrics,
            BridgeWatch watch) {
        this(settings, bridges, ethereum, time, metrics, watch, InetAddress::getAllByName);
    }

    PipelineRunner(
            PipelineSettings settings,
            BridgeLookup bridges,
            EthereumAccess ethereum,
            TimeSource time,
            Metrics metrics,
            BridgeWatch watch,
            HttpFetcher.Names names) {
        this.settings = settings;
        this.time = time;
        this.metrics = new PipelineMetrics(metrics);
        this.fetcher = new HttpFetcher(time, names, settings.outbound());
        this.tools = new TaskTools(
                settings,
                bridges,
                new BridgeCache(),
                watch,
                ethereum,
                new HttpAccess(fetcher, settings, this.metrics),
                this.metrics,
                time);
    }

    /**
     * Executes a run from its beginning. Errors of tasks are in the outcome.
     *
     * @throws InterruptedException if the calling thread is told to stop; nothing has been decided then
     */
    public RunOutcome run(Pipeline pipeline, Variables variables, RunContext context) throws InterruptedException {
        return resume(pipeline, variables, List.of(), context);
    }

    /**
     * Goes on with a stored run: task runs with a result keep it, pending ones stay pending under their id, all others
     * are executed.
     *
     * @throws InterruptedException if the calling thread is told to stop; nothing has been decided then
     */
    public RunOutcome resume(Pipeline pipeline, Variables variables, List<TaskRun> stored, RunContext context)
            throws InterruptedException {
        long start = time.monotonicNanos();
        Deadline deadline = Deadline.none(time).within(settings.maxRunDuration());
        RunOutcome outcome = new Execution(pipeline, variables, stored, context, tools, deadline).execute();
        if (outcome.state() != RunState.SUSPENDED) {
            Duration took = Duration.ofNanos(time.monotonicNanos() - start);
            metrics.runEnded(context, outcome.state() == RunState.ERRORED, took);
        }
        return outcome;
    }

    /**
     * Executes a run for real, but tries its transactions out with {@code eth_call} instead of handing them on: those
     * that would revert are errors of their tasks.
     *
     * @param sendingKeys the enabled keys of a chain, the likeliest to send first
     * @throws InterruptedException if the calling thread is told to stop
     */
    public Rehearsal rehearse(
            Pipeline pipeline, Variables variables, RunContext context, Function<ChainId, List<Address>> sendingKeys)
            throws InterruptedException {
        TransactionTrial trial = new TransactionTrial(tools.ethereum(), sendingKeys);
        Map<UUID, TriedTransaction> tried = new HashMap<>();
        RunOutcome outcome = run(pipeline, variables, context);
        while (!outcome.transactions().isEmpty()) {
            for (TransactionIntent intent : outcome.transactions()) {
                tried.put(intent.taskRunId(), trial.of(intent));
            }
            List<TaskRun> settled = outcome.taskRuns().stream()
                    .map(run -> TransactionTrial.settle(run, tried, time.now()))
                    .toList();
            outcome = resume(pipeline, variables, settled, context);
        }
        return Rehearsal.of(pipeline, variables, outcome, tried);
    }

    /** Closes the shared HTTP connections. */
    @Override
    public void close() {
        fetcher.close();
    }
}
