package io.carabiner.evm;

import io.carabiner.config.EvmConfig;
import io.carabiner.primitives.Wei;

/**
 * The limits of prices: the keys of {@code EVM.GasEstimator} with the same names.
 *
 * @param dynamic {@code EIP1559DynamicFees}
 * @param bumpThreshold 0 means that nothing is bumped: then the first offer must be the last
 * @param feeCapBufferBlocks {@code BlockHistory.EIP1559FeeCapBufferBlocks}, or BumpThreshold + 1 where it is not set
 */
record FeeSettings(
        boolean dynamic,
        Wei priceDefault,
        Wei priceMin,
        Wei priceMax,
        Wei feeCapDefault,
        Wei tipCapDefault,
        Wei tipCapMin,
        Wei bumpMin,
        int bumpPercent,
        long bumpThreshold,
        int feeCapBufferBlocks) {

    static FeeSettings of(EvmConfig.GasEstimator gas) {
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

    /** The same for transactions of type 0. */
    FeeSettings legacy() {
        return new FeeSettings(
                false,
                priceDefault,
                priceMin,
                priceMax,
                feeCapDefault,
                tipCapDefault,
                tipCapMin,
                bumpMin,
                bumpPercent,
                bumpThreshold,
                feeCapBufferBlocks);
    }

    /** The same for a key with a ceiling of its own. */
    FeeSettings withPriceMax(Wei ceiling) {
        return new FeeSettings(
                dynamic,
                priceDefault,
                priceMin,
                ceiling,
                feeCapDefault,
                tipCapDefault,
                tipCapMin,
                bumpMin,
                bumpPercent,
                bumpThreshold,
                feeCapBufferBlocks);
    }
}
