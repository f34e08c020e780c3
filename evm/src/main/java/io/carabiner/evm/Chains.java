package io.carabiner.evm;

import io.carabiner.config.EvmConfig;
import io.carabiner.config.EvmNode;
import io.carabiner.database.Database;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.EvmMessages;
import io.carabiner.telemetry.HealthChecks;
import io.carabiner.telemetry.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds chains from their configuration. */
public final class Chains {

    private Chains() {}

    /**
     * A chain, not started yet. Nothing is connected before {@link Chain#start} or the first call.
     *
     * @param config the chain, whose nodes were validated
     */
    public static Chain open(
            EvmConfig config, Database database, Metrics metrics, HealthChecks health, TimeSource time) {
        RpcMeter meter = new RpcMeter(config.chainId(), metrics);
        ChainReports reports = new ChainReports(
                config.chainId(),
                new EvmMessages(config.chainId()),
                meter,
                metrics,
                config.gasEstimator().blockHistory().transactionPercentile());
        EndpointPool pool = pool(config, meter, time, reports);
        metrics.beforeExposition(() ->
                meter.states(pool.endpoints().stream().map(Endpoint::state).toList()));
        EthClient client = client(config, pool, meter);
        LiveHeadTracker heads = new LiveHeadTracker(pool, headRules(config), time, reports);
        LiveChain chain = new LiveChain(
                config,
                pool,
                client,
                heads,
                intake(config, database, pool, heads, time, reports),
                new LiveFeeOracle(config, client.forConsumer("fees"), heads, time, reports));
        chain.registerHealth(health);
        return chain;
    }

    private static EthClient client(EvmConfig config, EndpointPool pool, RpcMeter meter) {
        SendErrors errors = new SendErrors(
                operatorErrors(config.nodePool().errors()), config.chainType().map(Object::toString));
        return new RpcEthClient(pool, new Broadcast(pool, errors, meter), batchMax(config), "node");
    }

    private static HeadRules headRules(EvmConfig config) {
        return HeadRules.of(
                config.nodePool().newHeadsPollInterval(),
                config.nodePool().pollInterval(),
                config.noNewHeadsThreshold());
    }

    private static CursorLogIntake intake(
            EvmConfig config,
            Database database,
            EndpointPool pool,
            HeadTracker heads,
            TimeSource time,
            ChainReports reports) {
        List<LogSubscriber> subscribers = CursorLogIntake.subscriberList();
        IntakeEngine engine = new IntakeEngine(
                config.chainId(),
                new PooledIntakeChain(pool, batchMax(config)),
                new SqlIntakeStore(database, config.chainId()),
                intakeRules(config),
                reports,
                subscribers);
        return new CursorLogIntake("evm-" + config.chainId() + "-logs", engine, heads, time, reports, subscribers);
    }

    private static IntakeRules intakeRules(EvmConfig config) {
        int finality = Math.toIntExact(config.finalityDepth());
        return new IntakeRules(
                finality,
                Math.addExact(finality, Math.toIntExact(config.headTracker().historyDepth())),
                Math.toIntExact(Math.max(1, config.logBackfillBatchSize())),
                Math.max(8, batchMax(config) - 1),
                config.blockBackfillDepth(),
                config.blockBackfillSkip());
    }

    private static int batchMax(EvmConfig config) {
        return Math.toIntExact(Math.max(1, Math.min(config.rpcDefaultBatchSize(), 10_000)));
    }

    private static EndpointPool pool(EvmConfig config, RpcMeter meter, TimeSource time, EndpointWatch watch) {
        Optional<ChainId> expected =
                config.nodePool().verifyChainId() ? Optional.of(config.chainId()) : Optional.empty();
        RpcLimits limits = limits(config);
        List<Endpoint> endpoints = new ArrayList<>();
        for (EvmNode node : config.nodes()) {
            endpoints.add(new Endpoint(spec(node, limits, expected), limits, meter, time, watch));
            node.httpUrlExtraWrite().ifPresent(uri -> {
                EndpointUrl url = new EndpointUrl(node.name() + " (extra write)", "HTTPURLExtraWrite", uri);
                Endpoint.Spec extra = new Endpoint.Spec(
                        url.node(), node.order(), true, new HttpTransport(url, limits), Optional.empty(), expected);
                endpoints.add(new Endpoint(extra, limits, meter, time, watch));
            });
        }
        return new EndpointPool(config.chainId(), endpoints);
    }

    private static RpcLimits limits(EvmConfig config) {
        RpcLimits defaults = RpcLimits.DEFAULTS;
        Duration query = defaults.queryTimeout();
        return new RpcLimits(
                defaults.connectTimeout(),
                query,
                defaults.answerMaxBytes(),
                defaults.backoffMin(),
                defaults.backoffMax(),
                Math.toIntExact(Math.max(1, config.nodePool().pollFailureThreshold())));
    }

    /** Requests go over HTTP where it is configured, else over the WebSocket that also brings the heads. */
    private static Endpoint.Spec spec(EvmNode node, RpcLimits limits, Optional<ChainId> expected) {
        Optional<WebSocketTransport> ws = node.wsUrl()
                .map(uri -> new WebSocketTransport(new EndpointUrl(node.name(), "WSURL", uri), limits, expected));
        Optional<RpcTransport> http =
                node.httpUrl().map(uri -> new HttpTransport(new EndpointUrl(node.name(), "HTTPURL", uri), limits));
        RpcTransport calls = http.or(() -> ws.map(RpcTransport.class::cast))
                .orElseThrow(() -> new IllegalArgumentException("node " + node.name() + " has no URL"));
        Optional<WebSocketTransport> heads = node.sendOnly() ? Optional.empty() : ws;
        return new Endpoint.Spec(node.name(), node.order(), node.sendOnly(), calls, heads, expected);
    }

    private static Map<SendErrorTable.Category, String> operatorErrors(EvmConfig.ClientErrors errors) {
        Map<SendErrorTable.Category, String> map = new EnumMap<>(SendErrorTable.Category.class);
        put(map, SendErrorTable.Category.FATAL, errors.fatal());
        put(map, SendErrorTable.Category.NONCE_TOO_LOW, errors.nonceTooLow());
        put(map, SendErrorTable.Category.NONCE_TOO_HIGH, errors.nonceTooHigh());
        put(map, SendErrorTable.Category.REPLACEMENT_UNDERPRICED, errors.replacementTransactionUnderpriced());
        put(map, SendErrorTable.Category.LIMIT_REACHED, errors.limitReached());
        put(map, SendErrorTable.Category.ALREADY_IN_MEMPOOL, errors.transactionAlreadyInMempool());
        put(map, SendErrorTable.Category.UNDERPRICED, errors.terminallyUnderpriced());
        put(map, SendErrorTable.Category.INSUFFICIENT_FUNDS, errors.insufficientEth());
        put(map, SendErrorTable.Category.FEE_EXCEEDS_CAP, errors.txFeeExceedsCap());
        put(map, SendErrorTable.Category.L2_FEE_TOO_LOW, errors.l2FeeTooLow());
        put(map, SendErrorTable.Category.L2_FEE_TOO_HIGH, errors.l2FeeTooHigh());
        put(map, SendErrorTable.Category.L2_FULL, errors.l2Full());
        put(map, SendErrorTable.Category.ALREADY_MINED, errors.transactionAlreadyMined());
        put(map, SendErrorTable.Category.SERVICE_UNAVAILABLE, errors.serviceUnavailable());
        return map;
    }

    private static void put(
            Map<SendErrorTable.Category, String> map, SendErrorTable.Category category, Optional<String> expression) {
        expression.filter(words -> !words.isEmpty()).ifPresent(words -> map.put(category, words));
    }
}
