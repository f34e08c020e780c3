package io.carabiner.evm;

import io.carabiner.config.EvmConfig;
import io.carabiner.config.GasEstimatorMode;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.RpcException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Prices by {@code GasEstimator.Mode}: the base fee from every head as it comes, the market from one call when
 * somebody
 * asked for a price since the last one, when events came for which a transaction will be sent, or when it is old.
 *
 * <p>BlockHistory reads {@code eth_feeHistory} over {@code BlockHistory.BlockHistorySize} blocks at
 * {@code TransactionPercentile}; FeeHistory takes the mean of the same, or {@code eth_gasPrice} for legacy
 * transactions;
 * SuggestedPrice reads {@code eth_gasPrice}, or the suggested tip; Arbitrum pays half as much again as the suggested
 * price. Until the first answer the configured defaults are offered.
 */
final class LiveFeeOracle implements FeeOracle {

    /** The market is read again even if nobody asks, after both so long and so many blocks. */
    static final Duration IDLE_REFRESH = Duration.ofSeconds(60);

    static final long IDLE_REFRESH_BLOCKS = 50;

    /** What was read this recently is not read again for an event. */
    private static final Duration DEMAND_REFRESH = Duration.ofSeconds(2);

    private final EvmConfig config;
    private final FeeSettings settings;
    private final FeeReader reader;
    private final DataPrices dataPrices;
    private final ArbitrumGas arbitrumGas;
    private final HeadTracker heads;
    private final TimeSource time;
    private final FeeReports reports;
    private final AtomicBoolean asked = new AtomicBoolean(true);
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile FeeMarket market = FeeMarket.UNKNOWN;
    private volatile Optional<Wei> baseFee = Optional.empty();
    private volatile long newestBlock;
    private volatile long refreshedNanos;
    private volatile long refreshedBlock;
    private volatile boolean refreshed;

    /** What is worth telling. */
    interface FeeReports {
        void market(FeeMarket market, Optional<Wei> baseFee);

        void refreshFailed(RpcException fault);
    }

    LiveFeeOracle(EvmConfig config, EthClient client, HeadTracker heads, TimeSource time, FeeReports reports) {
        this.config = config;
        this.settings = FeeSettings.of(config.gasEstimator());
        this.reader = new FeeReader(config.gasEstimator(), client);
        this.dataPrices = new DataPrices(config, client, time);
        this.arbitrumGas = new ArbitrumGas(config.gasEstimator(), client);
        this.heads = heads;
        this.time = time;
        this.reports = reports;
    }

    /** Follows the heads from now on. */
    HeadTracker.Listening start() {
        return heads.listen(this::onHead);
    }

    private void onHead(Head head) {
        baseFee = head.baseFee();
        newestBlock = head.number();
        if (isDue()) {
            refresh();
        }
        reports.market(market, baseFee);
    }

    private boolean isDue() {
        if (mode() == GasEstimatorMode.FIXED_PRICE) {
            return false;
        }
        long age = time.monotonicNanos() - refreshedNanos;
        boolean old = age > IDLE_REFRESH.toNanos() && newestBlock - refreshedBlock >= IDLE_REFRESH_BLOCKS;
        boolean cached = mode() == GasEstimatorMode.FEE_HISTORY
                && age < config.gasEstimator().feeHistory().cacheTimeout().toNanos();
        return !refreshed || old || (!cached && asked.getAndSet(false));
    }

    /** Events came, for which a transaction will be sent soon: by then the price shall be fresh. Returns at once. */
    void expectDemand() {
        boolean old = !refreshed || time.monotonicNanos() - refreshedNanos > DEMAND_REFRESH.toNanos();
        if (mode() != GasEstimatorMode.FIXED_PRICE && old && !refreshing.get()) {
            Thread.ofVirtual().name("evm-" + config.chainId() + "-fees").start(this::refresh);
        }
    }

    private void refresh() {
        if (!refreshing.compareAndSet(false, true)) {
            return;
        }
        try {
            market = reader.read();
            arbitrumGas.refresh();
            refreshedNanos = time.monotonicNanos();
            refreshedBlock = newestBlock;
            refreshed = true;
        } catch (RpcException e) {
            reports.refreshFailed(e);
        } finally {
            refreshing.set(false);
        }
    }

    private GasEstimatorMode mode() {
        return config.gasEstimator().mode();
    }

    @Override
    public FeeQuote quote(Address from) {
        asked.set(true);
        return quote(settings.withPriceMax(config.priceMax(from)));
    }

    private FeeQuote quote(FeeSettings own) {
        return switch (mode()) {
            case FIXED_PRICE -> FeeRules.fixed(own);
            case FEE_HISTORY -> FeeRules.feeHistory(market, baseFee, own);
            case BLOCK_HISTORY, SUGGESTED_PRICE, L2_SUGGESTED -> market.quote(own, baseFee);
            case ARBITRUM -> market.quote(own.legacy(), baseFee);
        };
    }

    @Override
    public FeeBump bump(FeeQuote previous, Address from) {
        asked.set(true);
        FeeSettings own = settings.withPriceMax(config.priceMax(from));
        return FeeRules.bump(previous, quote(own), baseFee, own);
    }

    @Override
    public boolean isUnconnected(FeeQuote offered, long sentBefore) {
        FeeMarket now = market;
        return switch (mode()) {
            case BLOCK_HISTORY ->
                Connectivity.servedBefore(
                        offered,
                        sentBefore,
                        newestBlock,
                        now.competing(),
                        config.gasEstimator().blockHistory().checkInclusionBlocks());
            case FEE_HISTORY -> Connectivity.tipIsHigh(offered, now.competing(), settings);
            case FIXED_PRICE, SUGGESTED_PRICE, L2_SUGGESTED, ARBITRUM -> false;
        };
    }

    @Override
    public long gasLimit(long wanted, int dataBytes) {
        long multiplied = BigDecimal.valueOf(wanted)
                .multiply(config.gasEstimator().limitMultiplier())
                .setScale(0, RoundingMode.DOWN)
                .longValueExact();
        return arbitrumGas.limit(multiplied, dataBytes);
    }

    @Override
    public Optional<Wei> dataGasPrice() {
        return dataPrices.price();
    }
}
