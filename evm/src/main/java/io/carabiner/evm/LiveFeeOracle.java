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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Prices by {@code GasEstimator.Mode}: the base fee from every head as it comes, the market from one call when somebody
 * asked for a price since the last one, or when it is old.
 *
 * <p>BlockHistory and FeeHistory read {@code eth_feeHistory} over {@code BlockHistory.BlockHistorySize} blocks at
 * {@code TransactionPercentile}; SuggestedPrice reads {@code eth_gasPrice} (and the suggested tip); Arbitrum pays half
 * as much again as the suggested price. Until the first answer the configured defaults are offered.
 */
final class LiveFeeOracle implements FeeOracle {

    /** After this long the market is read again even if nobody asks. */
    private static final Duration IDLE_REFRESH = Duration.ofSeconds(60);

    private final EvmConfig config;
    private final FeeSettings settings;
    private final EthClient client;
    private final HeadTracker heads;
    private final TimeSource time;
    private final FeeReports reports;
    private final AtomicBoolean asked = new AtomicBoolean(true);
    private volatile FeeMarket market = FeeMarket.UNKNOWN;
    private volatile Optional<Wei> baseFee = Optional.empty();
    private long refreshedNanos;
    private boolean refreshed;

    /** What is worth telling. */
    interface FeeReports {
        void market(FeeMarket market, Optional<Wei> baseFee);

        void refreshFailed(RpcException fault);
    }

    LiveFeeOracle(EvmConfig config, EthClient client, HeadTracker heads, TimeSource time, FeeReports reports) {
        this.config = config;
        this.settings = settings(config.gasEstimator());
        this.client = client;
        this.heads = heads;
        this.time = time;
        this.reports = reports;
    }

    static FeeSettings settings(EvmConfig.GasEstimator gas) {
        return new FeeSettings(
                gas.eip1559DynamicFees(),
                gas.priceDefault(),
                gas.priceMin(),
                gas.priceMax(),
                gas.feeCapDefault(),
                gas.tipCapDefault(),
                gas.tipCapMin(),
                gas.bumpMin(),
                gas.bumpPercent(),
                gas.bumpThreshold(),
                gas.blockHistory()
                        .eip1559FeeCapBufferBlocks()
                        .orElse(Math.toIntExact(Math.min(gas.bumpThreshold() + 1, 100))));
    }

    /** Follows the heads from now on. */
    HeadTracker.Listening start() {
        return heads.listen(this::onHead);
    }

    private void onHead(Head head) {
        baseFee = head.baseFee();
        long age = time.monotonicNanos() - refreshedNanos;
        boolean due = !refreshed || age > IDLE_REFRESH.toNanos() || asked.getAndSet(false);
        if (due && config.gasEstimator().mode() != GasEstimatorMode.FIXED_PRICE) {
            refresh();
        }
        reports.market(market, baseFee);
    }

    private void refresh() {
        try {
            market = read();
            refreshed = true;
            refreshedNanos = time.monotonicNanos();
        } catch (RpcException e) {
            reports.refreshFailed(e);
        }
    }

    private FeeMarket read() {
        return switch (config.gasEstimator().mode()) {
            case FIXED_PRICE -> FeeMarket.UNKNOWN;
            case BLOCK_HISTORY, FEE_HISTORY -> {
                EvmConfig.BlockHistory history = config.gasEstimator().blockHistory();
                int percentile = history.transactionPercentile();
                yield FeeMarket.of(
                        client.feeHistory(
                                Math.max(1, history.blockHistorySize()), BlockTag.LATEST, List.of(percentile)),
                        percentile);
            }
            case SUGGESTED_PRICE, L2_SUGGESTED -> suggested(2);
            case ARBITRUM -> suggested(3);
        };
    }

    private FeeMarket suggested(int halves) {
        return settings.dynamic()
                ? new FeeMarket(Optional.empty(), Optional.of(client.maxPriorityFee()))
                : new FeeMarket(Optional.of(half(client.gasPrice().times(halves))), Optional.empty());
    }

    private static Wei half(Wei amount) {
        return new Wei(amount.amount().shiftRight(1));
    }

    @Override
    public FeeQuote quote(Address from) {
        asked.set(true);
        return quote(settings.withPriceMax(config.priceMax(from)));
    }

    private FeeQuote quote(FeeSettings own) {
        return config.gasEstimator().mode() == GasEstimatorMode.FIXED_PRICE
                ? FeeRules.fixed(own)
                : market.quote(own, baseFee);
    }

    @Override
    public FeeBump bump(FeeQuote previous, Address from) {
        asked.set(true);
        FeeSettings own = settings.withPriceMax(config.priceMax(from));
        return FeeRules.bump(previous, quote(own), baseFee, own);
    }

    @Override
    public long gasLimit(long wanted) {
        return BigDecimal.valueOf(wanted)
                .multiply(config.gasEstimator().limitMultiplier())
                .setScale(0, RoundingMode.DOWN)
                .longValueExact();
    }
}
