package io.carabiner.rpc;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** When a second endpoint is asked because the first one does not answer. Thread-safe. */
final class HedgeRules {

    /** This share of the answers comes before the second endpoint is asked. */
    static final double PERCENTILE = 0.95;

    /** The most calls that hedging adds, as a share of the calls made; beyond it only silence asks a second one. */
    static final double EXTRA_CALLS_SHARE_MAX = 0.05;

    /** So many calls may be added in a row, since slowness comes in bursts. */
    static final int BURST_MAX = 20;

    /** No answer comes so quickly that it is worth asking twice. */
    static final Duration DELAY_MIN = Duration.ofMillis(50);

    /** An endpoint that says nothing for so long is silent: the next one is asked whatever that costs. */
    static final Duration SILENCE = Duration.ofMillis(1500);

    private final BooleanSupplier withinBudget;

    // Guarded by this.
    private double allowance = BURST_MAX;

    /** @param withinBudget whether calls that only save time may be made now */
    HedgeRules(BooleanSupplier withinBudget) {
        this.withinBudget = withinBudget;
    }

    /** How long to wait for an endpoint before the next one is asked as well. */
    static Duration delay(Optional<Duration> usual) {
        Duration delay = usual.orElse(SILENCE);
        if (delay.compareTo(DELAY_MIN) < 0) {
            return DELAY_MIN;
        }
        return delay.compareTo(SILENCE) < 0 ? delay : SILENCE;
    }

    /** Calls were made that would have been made anyway. */
    synchronized void called(int calls) {
        allowance = Math.min(BURST_MAX, allowance + calls * EXTRA_CALLS_SHARE_MAX);
    }

    /** Whether so many calls more may be made before the endpoint is silent; takes them from the allowance. */
    synchronized boolean takeExtra(int calls) {
        if (allowance < calls || !withinBudget.getAsBoolean()) {
            return false;
        }
        allowance -= calls;
        return true;
    }
}
