package io.carabiner.evm;

import io.carabiner.primitives.Wei;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the market pays, as far as it is known. Immutable.
 *
 * @param gasPrice for legacy transactions
 * @param tip for EIP-1559 transactions
 * @param baseFee of the next block, where {@code eth_feeHistory} told it
 * @param competing what others paid in recent blocks who were served before most
 */
record FeeMarket(Optional<Wei> gasPrice, Optional<Wei> tip, Optional<Wei> baseFee, List<Paid> competing) {

    static final FeeMarket UNKNOWN = new FeeMarket(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    /** The percentile of tips in mode FeeHistory above which a bump is no help (Go: ConnectivityPercentile). */
    static final int CONNECTIVITY_PERCENTILE = 85;

    /**
     * A block with transactions.
     *
     * @param tip at the asked percentile
     */
    record Paid(long block, Wei baseFee, Wei tip) {}

    FeeMarket {
        competing = List.copyOf(competing);
    }

    static FeeMarket ofGasPrice(Wei gasPrice) {
        return new FeeMarket(Optional.of(gasPrice), Optional.empty(), Optional.empty(), List.of());
    }

    static FeeMarket ofTip(Wei tip) {
        return new FeeMarket(Optional.empty(), Optional.of(tip), Optional.empty(), List.of());
    }

    /**
     * From the fees of recent blocks, whose tips were asked at one percentile, and at another one to compare with: the
     * same percentile over the blocks. Blocks without transactions say nothing.
     *
     * @param newest how many of the newest blocks set the price; all are kept to compare with
     */
    static FeeMarket percentile(FeeHistory history, int percentile, int newest) {
        List<Paid> all = paid(history, 0);
        long from = history.oldestBlock() + history.rewards().size() - newest;
        List<Paid> priced = all.stream().filter(paid -> paid.block() >= from).toList();
        return new FeeMarket(
                FeeRules.percentile(
                        priced.stream()
                                .map(paid -> paid.tip().plus(paid.baseFee()))
                                .toList(),
                        percentile),
                FeeRules.percentile(priced.stream().map(Paid::tip).toList(), percentile),
                nextBaseFee(history),
                paid(history, 1));
    }

    /** The mean of the tips, as the Go node's mode FeeHistory has it. */
    static FeeMarket mean(FeeHistory history) {
        List<Paid> competing = paid(history, 1);
        Optional<Wei> highTip = mean(competing);
        return new FeeMarket(
                Optional.empty(),
                mean(paid(history, 0)),
                nextBaseFee(history),
                highTip.stream()
                        .map(tip -> new Paid(history.oldestBlock(), Wei.ZERO, tip))
                        .toList());
    }

    /** On a chain where no tip buys an earlier place. */
    FeeMarket withoutTip() {
        return new FeeMarket(gasPrice, Optional.of(Wei.ZERO), baseFee, List.of());
    }

    private static Optional<Wei> mean(List<Paid> paid) {
        if (paid.isEmpty()) {
            return Optional.empty();
        }
        BigInteger sum = paid.stream().map(one -> one.tip().amount()).reduce(BigInteger.ZERO, BigInteger::add);
        return Optional.of(new Wei(sum.divide(BigInteger.valueOf(paid.size()))));
    }

    private static Optional<Wei> nextBaseFee(FeeHistory history) {
        return history.baseFees().isEmpty()
                ? Optional.empty()
                : Optional.of(history.baseFees().getLast());
    }

    private static List<Paid> paid(FeeHistory history, int column) {
        List<Paid> paid = new ArrayList<>();
        for (int block = 0;
                block < history.rewards().size() && block < history.baseFees().size();
                block++) {
            List<Wei> tips = history.rewards().get(block);
            if (tips.size() > column && !tips.get(column).equals(Wei.ZERO)) {
                paid.add(new Paid(
                        history.oldestBlock() + block, history.baseFees().get(block), tips.get(column)));
            }
        }
        return paid;
    }

    FeeQuote quote(FeeSettings settings, Optional<Wei> headBaseFee) {
        if (settings.dynamic()) {
            return FeeRules.dynamicFor(
                    tip.orElse(settings.tipCapDefault()), headBaseFee.orElse(settings.feeCapDefault()), settings);
        }
        return FeeRules.legacy(gasPrice.orElse(settings.priceDefault()), settings);
    }
}
