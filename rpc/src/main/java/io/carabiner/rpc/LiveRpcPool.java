package io.carabiner.rpc;

import io.carabiner.config.EvmConfig;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.EvmMessages;
import io.carabiner.telemetry.Metrics;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The parts of a pool, wired. */
final class LiveRpcPool implements RpcPool {

    private final EndpointPool pool;
    private final Broadcast broadcast;
    private final QuorumAsk quorum;
    private final Subscriptions subscriptions;
    private final PoolWatch watch;
    private final RpcBudget budget;
    private final UsageBook usage;

    LiveRpcPool(EndpointPool pool, SendErrors errors, RpcBudget budget, UsageBook usage, DeathReports deaths) {
        this.pool = pool;
        this.broadcast = new Broadcast(pool, errors, pool.context().meter());
        this.quorum = new QuorumAsk(pool);
        this.subscriptions = new Subscriptions(pool);
        this.watch = new PoolWatch(pool, subscriptions, deaths, budget);
        this.budget = budget;
        this.usage = usage;
    }

    static LiveRpcPool open(EvmConfig config, long dailyCallsMax, Metrics metrics, TimeSource time) {
        UsageBook usage = new UsageBook(time);
        RpcMeter meter = new RpcMeter(config.chainId(), metrics, usage);
        EvmMessages messages = new EvmMessages(config.chainId());
        RpcBudget budget = new RpcBudget(dailyCallsMax, usage, time, messages::rpcBudgetSpent);
        PoolContext context = new PoolContext(new Heights(), meter, time, new EndpointMessages(messages, time));
        EndpointPool pool = PoolConfig.pool(config, context, budget);
        metrics.beforeExposition(() -> meter.states(
                pool.endpoints().stream().map(e -> e.status().state()).toList()));
        DeathReports deaths = new DeathReports(messages, config.nodePool().deathDeclarationDelay());
        return new LiveRpcPool(pool, PoolConfig.sendErrors(config), budget, usage, deaths);
    }

    @Override
    public ChainId chain() {
        return pool.chain();
    }

    @Override
    public void start() {
        pool.start();
        watch.start();
    }

    /** One look of the watch, for a test that moves time by hand. */
    void look() throws InterruptedException {
        watch.look();
    }

    @Override
    public boolean isAlive() {
        return pool.allReaders().stream().anyMatch(Endpoint::isUsable);
    }

    @Override
    public <T> T ask(String consumer, List<RpcCall> calls, Function<RpcAnswer, T> reader) {
        budget.require(consumer);
        return pool.ask(consumer, calls, reader);
    }

    @Override
    public <T> List<Quorum<T>> askQuorum(
            String consumer, List<RpcCall> calls, Function<JsonNode, T> decoder, Function<T, ?> essence) {
        return quorum.ask(consumer, calls, decoder, essence);
    }

    @Override
    public List<SendOutcome> send(String consumer, List<Bytes> signed) {
        return broadcast.send(consumer, signed);
    }

    @Override
    public Optional<RpcSubscription> subscribe(String kind, SubscriptionListener listener) {
        return subscriptions.subscribe(kind, listener);
    }

    @Override
    public void sawBlock(String node, long number) {
        pool.context().meter().seen(node, number);
        pool.context().heights().saw(node, number, pool.context().time().monotonicNanos());
    }

    @Override
    public List<EndpointReport> endpoints() {
        return pool.endpoints().stream().map(this::report).toList();
    }

    private EndpointReport report(Endpoint endpoint) {
        Heights heights = pool.context().heights();
        CallStats stats = endpoint.stats();
        return new EndpointReport(
                endpoint.name(),
                endpoint.spec().calls().url().masked(),
                endpoint.spec().sendOnly(),
                endpoint.status().state().word(),
                endpoint.status().problem(),
                endpoint.isUsable() ? endpoint.score() : 0,
                heights.of(endpoint.name()),
                heights.lag(endpoint.name()),
                stats.latency(0.5),
                stats.latency(HedgeRules.PERCENTILE),
                stats.errorRate(pool.context().time().monotonicNanos()),
                usage.today(endpoint.name()),
                endpoint.clientVersion(),
                endpoint.capabilities().known());
    }

    @Override
    public RpcUsage usage() {
        return usage.report(budget.dailyCallsMax());
    }

    @Override
    public void close() {
        watch.stop();
        pool.close();
    }
}
