package io.carabiner.evm;

import io.carabiner.config.EvmConfig;
import io.carabiner.config.GasEstimatorMode;
import io.carabiner.primitives.Wei;
import java.util.List;

/** Asks the chain what the market pays, by {@code GasEstimator.Mode}. Every method asks the network. */
final class FeeReader {

    /** The most blocks of one {@code eth_feeHistory} (geth's limit). */
    private static final int BLOCKS_MAX = 1_024;

    private final EvmConfig.GasEstimator gas;
    private final EthClient client;

    FeeReader(EvmConfig.GasEstimator gas, EthClient client) {
        this.gas = gas;
        this.client = client;
    }

    FeeMarket read() {
        return switch (gas.mode()) {
            case FIXED_PRICE -> FeeMarket.UNKNOWN;
            case BLOCK_HISTORY -> blockHistory();
            case FEE_HISTORY -> gas.eip1559DynamicFees() ? feeHistory() : FeeMarket.ofGasPrice(client.gasPrice());
            case SUGGESTED_PRICE, L2_SUGGESTED -> suggested(2);
            case ARBITRUM -> suggested(3);
        };
    }

    private FeeMarket blockHistory() {
        EvmConfig.BlockHistory history = gas.blockHistory();
        int blocks = Math.max(1, history.blockHistorySize());
        int asked = Math.min(BLOCKS_MAX, Math.max(blocks, history.checkInclusionBlocks()));
        List<Integer> percentiles = history.checkInclusionBlocks() == 0
                ? List.of(history.transactionPercentile())
                : List.of(history.transactionPercentile(), history.checkInclusionPercentile());
        return FeeMarket.percentile(
                client.feeHistory(asked, BlockTag.LATEST, percentiles), history.transactionPercentile(), blocks);
    }

    /** {@code BlockHistorySize = 0} means that the chain has no mempool: nobody is served before others for a tip. */
    private FeeMarket feeHistory() {
        EvmConfig.BlockHistory history = gas.blockHistory();
        if (history.blockHistorySize() == 0) {
            return FeeMarket.mean(client.feeHistory(1, BlockTag.LATEST, List.of()))
                    .withoutTip();
        }
        // Percentiles must rise.
        int percentile = Math.min(history.transactionPercentile(), FeeMarket.CONNECTIVITY_PERCENTILE);
        return FeeMarket.mean(client.feeHistory(
                Math.min(BLOCKS_MAX, history.blockHistorySize()),
                BlockTag.LATEST,
                List.of(percentile, FeeMarket.CONNECTIVITY_PERCENTILE)));
    }

    private FeeMarket suggested(int halves) {
        return gas.eip1559DynamicFees() && gas.mode() != GasEstimatorMode.ARBITRUM
                ? FeeMarket.ofTip(client.maxPriorityFee())
                : FeeMarket.ofGasPrice(half(client.gasPrice().times(halves)));
    }

    private static Wei half(Wei amount) {
        return new Wei(amount.amount().shiftRight(1));
    }
}
