package io.carabiner.txm;

import io.carabiner.config.EvmConfig;
import io.carabiner.evm.FeeQuote;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which transaction will never be mined though endpoints took it, and why that is thought. Pure. Source: Go node 2.15,
 * core/chains/evm/txmgr/stuck_tx_detector.go.
 */
final class StuckRules {

    /** The Go node's words. */
    static final String STUCK = "transaction terminally stuck";

    /** How a chain tells. */
    enum Method {
        /** By time, number of attempts and price. */
        HEURISTIC,
        /** The endpoint does not know it any more. */
        FORGOTTEN,
        /** A service of the chain lists what was skipped. */
        SKIPPED_LIST;

        static Method of(String chainType) {
            return switch (chainType.toLowerCase(Locale.ROOT)) {
                case "zkevm", "xlayer" -> FORGOTTEN;
                case "scroll" -> SKIPPED_LIST;
                default -> HEURISTIC;
            };
        }
    }

    private StuckRules() {}

    /**
     * The only one that can be stuck by itself: the lowest nonce; later ones may just stand behind it. Not if it is
     * being purged, or has an attempt that no endpoint took yet.
     *
     * @param lastPurge the head at which the key's last purge began
     */
    static Optional<InFlight> candidate(
            KeyState state, long head, OptionalLong lastPurge, Method method, EvmConfig.AutoPurge settings) {
        return state.waiting()
                .findFirst()
                .filter(transaction -> !transaction.missingReceipt() && !transaction.purging())
                .filter(transaction -> transaction.attempts().stream().noneMatch(Attempt::unsent))
                .filter(transaction -> sent(transaction).size()
                        >= Math.max(1, settings.minAttempts().orElse(0L)))
                .filter(transaction ->
                        method != Method.HEURISTIC || longEnough(transaction, head, lastPurge, settings.threshold()));
    }

    private static List<Attempt> sent(InFlight transaction) {
        return transaction.attempts().stream()
                .filter(attempt -> attempt.state() == AttemptState.BROADCAST)
                .toList();
    }

    private static boolean longEnough(
            InFlight transaction, long head, OptionalLong lastPurge, Optional<Long> threshold) {
        long blocks = threshold.orElse(Long.MAX_VALUE);
        long oldest = sent(transaction).stream()
                .flatMapToLong(attempt -> attempt.sentBeforeBlock().stream())
                .min()
                .orElse(head);
        return head - oldest >= blocks && (lastPurge.isEmpty() || head - lastPurge.getAsLong() >= blocks);
    }

    /** Whether the newest attempt offers more than the market asks, so that its price is not what keeps it. */
    static boolean paysEnough(InFlight transaction, FeeQuote market) {
        FeeQuote offered = transaction.top().signed().fee();
        Comparator<FeeQuote> byPrice = Comparator.comparing(FeeQuote::ceiling);
        int order = byPrice.compare(offered, market);
        if (order == 0 && offered instanceof FeeQuote.Dynamic mine && market instanceof FeeQuote.Dynamic theirs) {
            return mine.tipCap().compareTo(theirs.tipCap()) > 0;
        }
        return order > 0;
    }
}
