package io.carabiner.evm;

import io.carabiner.config.EvmConfig;
import io.carabiner.primitives.ChainId;
import io.carabiner.rpc.RpcPool;
import io.carabiner.telemetry.HealthChecks;
import io.carabiner.telemetry.HealthStatus;

/** The parts of one chain, wired. */
final class LiveChain implements Chain {

    private final EvmConfig config;
    private final RpcPool pool;
    private final EthClient client;
    private final LiveHeadTracker heads;
    private final LiveFinality finality;
    private final CursorLogIntake logs;
    private final LiveFeeOracle fees;
    private volatile HeadTracker.Listening feesListening = () -> {};
    private volatile HeadTracker.Listening finalityListening = () -> {};

    LiveChain(
            EvmConfig config,
            RpcPool pool,
            EthClient client,
            LiveHeadTracker heads,
            LiveFinality finality,
            CursorLogIntake logs,
            LiveFeeOracle fees) {
        this.config = config;
        this.pool = pool;
        this.client = client;
        this.heads = heads;
        this.finality = finality;
        this.logs = logs;
        this.fees = fees;
    }

    void registerHealth(HealthChecks health) {
        String name = "EVM." + id();
        health.register(name, this::poolHealth);
        health.register(name + ".HeadTracker", () -> heads.health(config.noNewHeadsThreshold()));
        health.register(name + ".HeadTracker.HeadListener", () -> heads.health(config.noNewHeadsThreshold()));
        health.register(name + ".LogBroadcaster", this::logsHealth);
    }

    private HealthStatus poolHealth() {
        return pool.isAlive()
                ? HealthStatus.PASSING
                : HealthStatus.failing("no live nodes available for chain " + id());
    }

    /** Behind by more than finality, events come later than anybody expects. */
    private HealthStatus logsHealth() {
        long head = heads.latest().map(Head::number).orElse(0L);
        long behind = head - logs.cursor().orElse(head);
        if (heads.latest().isPresent() && -behind > config.finalityDepth()) {
            return HealthStatus.failing("the chain ends " + -behind
                    + " blocks below what is stored: its endpoint is synchronising, or it was set back");
        }
        return behind <= config.finalityDepth()
                ? HealthStatus.PASSING
                : HealthStatus.failing("events are stored up to " + behind + " blocks behind the head");
    }

    @Override
    public ChainId id() {
        return config.chainId();
    }

    @Override
    public EvmConfig config() {
        return config;
    }

    @Override
    public EthClient rpc() {
        return client;
    }

    @Override
    public RpcPool pool() {
        return pool;
    }

    @Override
    public HeadTracker heads() {
        return heads;
    }

    @Override
    public Finality finality() {
        return finality;
    }

    @Override
    public LogIntake logs() {
        return logs;
    }

    @Override
    public FeeOracle fees() {
        return fees;
    }

    @Override
    public void start() {
        pool.start();
        heads.start();
        feesListening = fees.start();
        finalityListening = finality.start();
        logs.start();
    }

    @Override
    public void close() {
        feesListening.close();
        finalityListening.close();
        logs.close();
        heads.close();
        pool.close();
    }
}
