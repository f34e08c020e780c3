package io.carabiner.web;

import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts calls per client address in fixed windows, as the Go node does. Thread-safe.
 *
 * <p>When more than {@value #CLIENTS_LIMIT} addresses have an open window, the oldest knowledge is dropped: memory is
 * worth more than the count of an attacker with that many addresses.
 */
final class RateLimiter {

    static final int CLIENTS_LIMIT = 10_000;

    private final TimeSource time;
    private final long limit;
    private final Duration period;
    private final Map<String, Window> windows = new HashMap<>();

    private record Window(long used, Instant end) {}

    /**
     * What a call found.
     *
     * @param remaining how many more are let through in this window
     * @param resetUnixSeconds when the window ends
     */
    record Verdict(boolean allowed, long limit, long remaining, long resetUnixSeconds) {}

    RateLimiter(TimeSource time, long limit, Duration period) {
        this.time = time;
        this.limit = limit;
        this.period = period;
    }

    synchronized Verdict take(String client) {
        Instant now = time.now();
        Window open = windows.get(client);
        if (open == null && windows.size() >= CLIENTS_LIMIT) {
            makeRoom(now);
        }
        Window window = open == null || !now.isBefore(open.end())
                ? new Window(1, now.plus(period))
                : new Window(open.used() + 1, open.end());
        windows.put(client, window);
        return new Verdict(
                window.used() <= limit,
                limit,
                Math.max(0, limit - window.used()),
                window.end().getEpochSecond());
    }

    private void makeRoom(Instant now) {
        windows.values().removeIf(window -> !now.isBefore(window.end()));
        if (windows.size() >= CLIENTS_LIMIT) {
            windows.clear();
        }
    }
}
