package io.carabiner.evm;

import io.carabiner.config.CarabinerConfig;
import io.carabiner.config.EvmConfig;
import io.carabiner.database.Database;
import io.carabiner.primitives.TimeSource;
import io.carabiner.rpc.RpcPool;
import io.carabiner.telemetry.EvmMessages;
import io.carabiner.telemetry.HealthChecks;
import io.carabiner.telemetry.Metrics;
import java.util.List;

/** Builds chains from their configuration. */
public final class Chains {

    private Chains() {}

    /** A chain without a budget of calls, not started yet. */
    public static Chain open(
            EvmConfig config, Database database, Metrics metrics, HealthChecks health, TimeSource time) {
        return open(config, new CarabinerConfig.Rpc(0), database, metrics, health, time);
    }

    /**
     * A chain, not started yet. Nothing is connected before {@link Chain#start} or the first call.
     *
     * @param config the chain, whose nodes were validated
     * @param rpc how many calls its endpoints may get
     */
    public static Chain open(
            EvmConfig config,
            CarabinerConfig.Rpc rpc,
            Database database,
            Metrics metrics,
            HealthChecks health,
            TimeSource time) {
        RpcPool pool = RpcPool.open(config, rpc.dailyCallsMax(), metrics, time);
        ChainReports reports = new ChainReports(
                config.chainId(),
                new EvmMessages(config.chainId()),
                pool,
                metrics,
                config.gasEstimator().blockHistory().transactionPercentile());
        EthClient client = new RpcEthClient(pool, batchMax(config), "node");
        LiveHeadTracker heads = new LiveHeadTracker(pool, headRules(config), time, reports);
        LiveFinality finality =
                new LiveFinality(config, client.forConsumer("finality"), heads, time, reports::finalityUnreadable);
        LiveFeeOracle fees = new LiveFeeOracle(config, client.forConsumer("fees"), heads, time, reports);
        reports.whenEventsCome(fees::expectDemand);
        LiveChain chain = new LiveChain(
                config,
                pool,
                client,
                heads,
                finality,
                intake(config, database, pool, heads, finality, time, reports),
                fees);
        chain.registerHealth(health);
        return chain;
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
            RpcPool pool,
            HeadTracker heads,
            Finality finality,
            TimeSource time,
            ChainReports reports) {
        List<LogSubscriber> subscribers = CursorLogIntake.subscriberList();
        IntakeEngine engine = new IntakeEngine(
                config.chainId(),
                new PooledIntakeChain(pool, batchMax(config)),
                new SqlIntakeStore(database, config.chainId()),
                intakeRules(config),
                reports,
                subscribers,
                finality::lastKnown);
        return new CursorLogIntake("evm-" + config.chainId() + "-logs", engine, heads, time, reports, subscribers);
    }

    private static IntakeRules intakeRules(EvmConfig config) {
        int finality = Math.toIntExact(config.finalityDepth());
        int keep = Math.addExact(finality, Math.toIntExact(config.headTracker().historyDepth()));
        return new IntakeRules(
                finality,
                keep,
                Math.max(keep, config.logKeepBlocksDepth()),
                Math.toIntExact(Math.max(1, config.logBackfillBatchSize())),
                Math.max(8, batchMax(config) - 1),
                IntakeRules.SWEEP_BLOCKS_DEFAULT,
                config.blockBackfillDepth(),
                config.blockBackfillSkip());
    }

    private static int batchMax(EvmConfig config) {
        return Math.toIntExact(Math.max(1, Math.min(config.rpcDefaultBatchSize(), 10_000)));
    }
}
