package io.carabiner.guards;

import io.carabiner.config.GuardSettings;
import io.carabiner.guards.Refusal.Guard;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Wei;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Function;

/** What each guard says. Pure. */
final class GuardRules {

    private static final BigInteger JUELS_PER_LINK = BigInteger.TEN.pow(18);
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    private final GuardSettings settings;

    GuardRules(GuardSettings settings) {
        this.settings = settings;
    }

    /** What can be said without asking the chain or counting. */
    Optional<Refusal> judge(Candidate candidate) {
        return candidate.request().flatMap(request -> requester(request.requester())
                .or(() -> profit(candidate.cost(), request.payment())));
    }

    private Optional<Refusal> requester(Address requester) {
        if (settings.denyRequesters().contains(requester)) {
            return refuse(Guard.REQUESTER, "requester " + requester + " is in Carabiner.Guards.DenyRequesters");
        }
        boolean stranger = !settings.allowRequesters().isEmpty()
                && !settings.allowRequesters().contains(requester);
        return stranger
                ? refuse(Guard.REQUESTER, "requester " + requester + " is not in Carabiner.Guards.AllowRequesters")
                : Optional.empty();
    }

    private Optional<Refusal> profit(BigInteger cost, BigInteger payment) {
        BigInteger wanted = cost.multiply(HUNDRED.add(BigInteger.valueOf(settings.profitMarginPercent())));
        return switch (settings.profitGate()) {
            case OFF -> Optional.empty();
            case NATIVE -> unlessWorth(payment.multiply(HUNDRED), wanted, payment + " wei", cost);
            case LINK ->
                unlessWorth(
                        payment.multiply(linkPrice()).multiply(HUNDRED).divide(JUELS_PER_LINK),
                        wanted,
                        payment + " juels at " + linkPrice() + " wei a LINK",
                        cost);
        };
    }

    private BigInteger linkPrice() {
        return settings.linkPrice().map(Wei::amount).orElseThrow();
    }

    private Optional<Refusal> unlessWorth(BigInteger earned, BigInteger wanted, String payment, BigInteger cost) {
        return earned.compareTo(wanted) >= 0
                ? Optional.empty()
                : refuse(
                        Guard.PROFIT,
                        "the payment of " + payment + " is below the cost of up to " + cost + " wei and the margin of "
                                + settings.profitMarginPercent() + " % (Carabiner.Guards.ProfitGate)");
    }

    /** What a simulation says. */
    Optional<Refusal> judge(Simulation.Outcome outcome) {
        return switch (outcome) {
            case Simulation.Reverts reverts ->
                refuse(Guard.SIMULATION, "the simulation fails: " + reverts.reason() + " (Carabiner.Guards.Simulate)");
            case Simulation.Works works
            when works.gas() > settings.gasCeiling().orElse(Long.MAX_VALUE) ->
                refuse(
                        Guard.GAS_CEILING,
                        "it would use " + works.gas() + " gas, more than Carabiner.Guards.GasCeiling of "
                                + settings.gasCeiling().orElse(Long.MAX_VALUE));
            case Simulation.Works ignored -> Optional.empty();
            case Simulation.Unknown ignored -> Optional.empty();
        };
    }

    /** What the purse says. */
    Optional<Refusal> spend(Candidate candidate, Function<Spender, BigInteger> spentToday) {
        return candidate.spenders().stream()
                .flatMap(spender -> overLimit(spender, spentToday.apply(spender), candidate.cost()).stream())
                .findFirst();
    }

    private Optional<Refusal> overLimit(Spender spender, BigInteger spent, BigInteger cost) {
        return limit(spender.kind())
                .filter(limit -> spent.add(cost).compareTo(limit.amount()) > 0)
                .flatMap(limit -> refuse(
                        Guard.SPEND_LIMIT,
                        spender + " spent " + spent + " wei today and this costs up to " + cost
                                + " wei, together more than " + limit + " wei (" + key(spender.kind()) + ")"));
    }

    private Optional<Wei> limit(Spender.Kind kind) {
        return switch (kind) {
            case KEY -> settings.spendPerKeyPerDay();
            case JOB -> settings.spendPerJobPerDay();
            case REQUESTER -> settings.spendPerRequesterPerDay();
        };
    }

    private static String key(Spender.Kind kind) {
        return switch (kind) {
            case KEY -> "Carabiner.Guards.SpendPerKeyPerDay";
            case JOB -> "Carabiner.Guards.SpendPerJobPerDay";
            case REQUESTER -> "Carabiner.Guards.SpendPerRequesterPerDay";
        };
    }

    private static Optional<Refusal> refuse(Guard guard, String reason) {
        return Optional.of(new Refusal(guard, reason));
    }
}
