package io.carabiner.evm;

import io.carabiner.primitives.Wei;
import java.util.List;

/**
 * Whether a transaction that is not mined offers so much that more would not help: then it does not reach
 * those who make
 * blocks, and bumping it would only burn money. Pure. Rules of the Go node 2.15, core/chains/evm/gas
 * (block_history_estimator.go: CheckInclusionBlocks, CheckInclusionPercentile; fee_history_estimator.go).
 */
final class Connectivity {

    private Connectivity() {}

    /**
     * In mode BlockHistory: whether blocks since it was sent took transactions that offered less, at the
     * percentile that
     * was asked.
     *
     * @param sentBefore the newest block when it was sent
     * @param competing what was paid at {@code CheckInclusionPercentile} in recent blocks
     * @param blocks {@code CheckInclusionBlocks}: how long it must have waited; 0 switches the check off
     */
    static boolean servedBefore(
            FeeQuote offered, long sentBefore, long newest, List<FeeMarket.Paid> competing, int blocks) {
        if (blocks == 0 || newest - sentBefore < blocks) {
            return false;
        }
        List<FeeMarket.Paid> since =
                competing.stream().filter(paid -> paid.block() > sentBefore).toList();
        return switch (offered) {
            case FeeQuote.Legacy legacy ->
                !since.isEmpty()
                        && since.stream()
                                .allMatch(paid -> legacy.gasPrice()
                                                .compareTo(paid.baseFee().plus(paid.tip()))
                                        > 0);
            case FeeQuote.Dynamic dynamic -> {
                // A block whose base fee is above the cap could not take it.
                List<FeeMarket.Paid> open = since.stream()
                        .filter(paid ->
                                dynamic.feeCap().compareTo(paid.baseFee().plus(dynamic.tipCap())) >= 0)
                        .toList();
                yield !open.isEmpty()
                        && open.stream().allMatch(paid -> dynamic.tipCap().compareTo(paid.tip()) > 0);
            }
        };
    }

    /**
     * In mode FeeHistory: whether the next step of the tip passes what nearly all others pay.
     *
     * @param competing the mean of the tips at the 85th percentile, or nothing where it is not known
     */
    static boolean tipIsHigh(FeeQuote offered, List<FeeMarket.Paid> competing, FeeSettings settings) {
        return switch (offered) {
            case FeeQuote.Legacy _ -> false;
            case FeeQuote.Dynamic dynamic -> {
                Wei next = FeeRules.raise(dynamic.tipCap(), settings);
                yield !competing.isEmpty() && competing.stream().allMatch(paid -> next.compareTo(paid.tip()) > 0);
            }
        };
    }
}
