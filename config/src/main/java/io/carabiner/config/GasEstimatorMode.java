package io.carabiner.config;

/** How the price of gas is found. */
public enum GasEstimatorMode {
    /** A percentile of what recent blocks paid. */
    BLOCK_HISTORY("BlockHistory"),
    /** Always the configured default. */
    FIXED_PRICE("FixedPrice"),
    /** What the endpoint suggests. */
    SUGGESTED_PRICE("SuggestedPrice"),
    /** The old name of SuggestedPrice. */
    L2_SUGGESTED("L2Suggested"),
    /** Arbitrum's own rules. */
    ARBITRUM("Arbitrum"),
    /** From eth_feeHistory. */
    FEE_HISTORY("FeeHistory");

    private final String text;

    GasEstimatorMode(String text) {
        this.text = text;
    }

    /** The name in the configuration. */
    @Override
    public String toString() {
        return text;
    }
}
