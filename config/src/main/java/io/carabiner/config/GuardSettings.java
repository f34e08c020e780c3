package io.carabiner.config;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Wei;
import java.util.List;
import java.util.Optional;

/**
 * Section {@code Carabiner.Guards}: when a transaction is refused before it is sent. All guards are off by default.
 * Amounts are counted for each chain by itself; days are days in UTC.
 *
 * @param spendPerKeyPerDay what a key may spend on gas and value in a day
 * @param spendPerJobPerDay what a job may spend in a day
 * @param spendPerRequesterPerDay what may be spent in a day on one requester's requests
 * @param profitGate whether the payment of a request must pay for its answer, and what it is in
 * @param linkPrice what one LINK is worth in the chain's coin
 * @param profitMarginPercent how much more than the cost the payment must be, 0 or more
 * @param simulate whether a transaction is tried out before it is sent
 * @param gasCeiling the most gas a transaction may use when it is tried out
 * @param allowRequesters if there are any, only their requests are answered
 * @param denyRequesters their requests are never answered
 */
public record GuardSettings(
        Optional<Wei> spendPerKeyPerDay,
        Optional<Wei> spendPerJobPerDay,
        Optional<Wei> spendPerRequesterPerDay,
        ProfitGate profitGate,
        Optional<Wei> linkPrice,
        long profitMarginPercent,
        boolean simulate,
        Optional<Long> gasCeiling,
        List<Address> allowRequesters,
        List<Address> denyRequesters) {

    /** What a request's payment is in. */
    public enum ProfitGate {
        /** Payments are not looked at. */
        OFF("off"),
        /** LINK; {@code LinkPrice} says what it is worth. */
        LINK("link"),
        /** The chain's own coin. */
        NATIVE("native");

        private final String text;

        ProfitGate(String text) {
            this.text = text;
        }

        /** The name in the configuration. */
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Section {@code Guards} of an entry of {@code Carabiner.EVM}: what is set here holds for the chain in place of the
     * limit of the same name.
     *
     * @param spendPerKeyPerDay see {@link GuardSettings#spendPerKeyPerDay}
     * @param spendPerJobPerDay see {@link GuardSettings#spendPerJobPerDay}
     * @param spendPerRequesterPerDay see {@link GuardSettings#spendPerRequesterPerDay}
     * @param linkPrice see {@link GuardSettings#linkPrice}
     * @param gasCeiling see {@link GuardSettings#gasCeiling}
     */
    public record OfChain(
            Optional<Wei> spendPerKeyPerDay,
            Optional<Wei> spendPerJobPerDay,
            Optional<Wei> spendPerRequesterPerDay,
            Optional<Wei> linkPrice,
            Optional<Long> gasCeiling) {}

    /** What holds for a chain with limits of its own. */
    public GuardSettings with(OfChain own) {
        return new GuardSettings(
                own.spendPerKeyPerDay().or(() -> spendPerKeyPerDay),
                own.spendPerJobPerDay().or(() -> spendPerJobPerDay),
                own.spendPerRequesterPerDay().or(() -> spendPerRequesterPerDay),
                profitGate,
                own.linkPrice().or(() -> linkPrice),
                profitMarginPercent,
                simulate,
                own.gasCeiling().or(() -> gasCeiling),
                allowRequesters,
                denyRequesters);
    }

    /** Copies the lists. */
    public GuardSettings {
        allowRequesters = List.copyOf(allowRequesters);
        denyRequesters = List.copyOf(denyRequesters);
    }

    /** Whether any spender has a limit. */
    public boolean countsSpending() {
        return spendPerKeyPerDay.isPresent() || spendPerJobPerDay.isPresent() || spendPerRequesterPerDay.isPresent();
    }

    /** Whether a transaction is tried out, for its own sake or for the ceiling. */
    public boolean simulates() {
        return simulate || gasCeiling.isPresent();
    }

    /** Whether it matters who asked for a transaction. */
    public boolean needsRequests() {
        return spendPerRequesterPerDay.isPresent()
                || profitGate != ProfitGate.OFF
                || !allowRequesters.isEmpty()
                || !denyRequesters.isEmpty();
    }

    /** Whether no guard is on. */
    public boolean off() {
        return !countsSpending() && !simulates() && !needsRequests();
    }
}
