package io.carabiner.testkit;

import java.util.Set;

/**
 * When a fault strikes. What a WebSocket endpoint sends unasked has the method {@code eth_subscription}.
 *
 * @param methods whom it strikes; empty for all
 * @param skip how many of them pass unharmed first
 * @param times how many of them are struck at most
 * @param percent the chance of each to be struck, 1 to 100
 */
public record FaultRule(Set<String> methods, int skip, int times, int percent, EndpointFault fault) {

    /** Checks the ranges. */
    public FaultRule {
        methods = Set.copyOf(methods);
        if (skip < 0 || times < 1 || percent < 1 || percent > 100) {
            throw new IllegalArgumentException("skip " + skip + ", times " + times + ", percent " + percent);
        }
    }

    /** Strikes every message with one of these methods; without any, every message. */
    public static FaultRule always(EndpointFault fault, String... methods) {
        return new FaultRule(Set.of(methods), 0, Integer.MAX_VALUE, 100, fault);
    }

    /** The same, for this many only. */
    public FaultRule first(int count) {
        return new FaultRule(methods, skip, count, percent, fault);
    }

    /** The same, once this many have passed. */
    public FaultRule after(int count) {
        return new FaultRule(methods, count, times, percent, fault);
    }

    /** The same, for about this share of them. */
    public FaultRule percent(int share) {
        return new FaultRule(methods, skip, times, share, fault);
    }
}
