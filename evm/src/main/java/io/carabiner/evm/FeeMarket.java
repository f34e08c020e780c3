package io.carabiner.evm;

import io.carabiner.primitives.Wei;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the market pays, as far as it is known. Immutable.
 *
 * @param gasPrice for legacy transactions
 * @param tip for EIP-1559 transactions
 */
record FeeMarket(Optional<Wei> gasPrice, Optional<Wei> tip) {

    static final FeeMarket UNKNOWN = new FeeMarket(Optional.empty(), Optional.empty());

    /**
     * From the fees of recent blocks, whose tips were asked at one percentile: the same percentile over the blocks.
     * Blocks without transactions say nothing.
     */
    static FeeMarket of(FeeHistory history, int percentile) {
        List<Wei> tips = new ArrayList<>();
        List<Wei> prices = new ArrayList<>();
        for (int block = 0;
                block < history.rewards().size() && block < history.baseFees().size();
                block++) {
            List<Wei> rewards = history.rewards().get(block);
            if (!rewards.isEmpty() && !rewards.getFirst().equals(Wei.ZERO)) {
                tips.add(rewards.getFirst());
                prices.add(rewards.getFirst().plus(history.baseFees().get(block)));
            }
        }
        return new FeeMarket(FeeRules.percentile(prices, percentile), FeeRules.percentile(tips, percentile));
    }

    FeeQuote quote(FeeSettings settings, Optional<Wei> baseFee) {
        if (settings.dynamic()) {
            return FeeRules.dynamicFor(
                    tip.orElse(settings.tipCapDefault()), baseFee.orElse(settings.feeCapDefault()), settings);
        }
        return FeeRules.legacy(gasPrice.orElse(settings.priceDefault()), settings);
    }
}
