package io.carabiner.outbound;

import io.carabiner.primitives.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Connections that wait for their next request. Safe for use by many threads; no IO is done under the lock. */
final class HttpPool implements AutoCloseable {

    /** How many connections to one server wait at most. */
    static final int IDLE_PER_SERVER_LIMIT = 16;

    /** How many connections wait at most in all. */
    static final int IDLE_LIMIT = 200;

    /** How long one may wait. */
    static final Duration IDLE_MAX = Duration.ofSeconds(30);

    private record Idle(HttpConnection connection, long sinceNanos) {}

    private final TimeSource time;
    private final Map<String, Deque<Idle>> idle = new HashMap<>();
    private int count;
    private boolean closed;

    HttpPool(TimeSource time) {
        this.time = time;
    }

    /**
     * The names of the connections that may be shared: those whose address was checked are kept apart from those that
     * may lead anywhere.
     */
    private static String key(HttpRequestData request) {
        return (request.restricted() ? "public " : "any ") + request.url().origin();
    }

    HttpAnswer exchange(HttpRequestData request, RouteChoice choice, long bodyLimitBytes, Deadline deadline)
            throws IOException {
        HttpConnection waiting = take(key(request));
        if (waiting != null) {
            try {
                return exchange(waiting, request, bodyLimitBytes, deadline);
            } catch (IOException e) {
                if (waiting.hadBegunToAnswer() || deadline.passed()) {
                    throw e;
                }
            }
        }
        return exchange(
                HttpConnection.open(request.url(), choice.choose(), deadline), request, bodyLimitBytes, deadline);
    }

    /** Resolves the name and says how a new connection goes to addresses that may be reached. */
    interface RouteChoice {
        Route choose() throws IOException;
    }

    private HttpAnswer exchange(
            HttpConnection connection, HttpRequestData request, long bodyLimitBytes, Deadline deadline)
            throws IOException {
        boolean kept = false;
        try {
            HttpAnswer answer = connection.exchange(request, bodyLimitBytes, deadline);
            kept = connection.isReusable() && give(key(request), connection);
            return answer;
        } finally {
            if (!kept) {
                connection.close();
            }
        }
    }

    private @Nullable HttpConnection take(String key) {
        List<HttpConnection> stale = new ArrayList<>();
        HttpConnection fresh = null;
        synchronized (idle) {
            Deque<Idle> waiting = idle.getOrDefault(key, new ArrayDeque<>());
            while (fresh == null && !waiting.isEmpty()) {
                Idle last = waiting.removeLast();
                count--;
                if (time.monotonicNanos() - last.sinceNanos() < IDLE_MAX.toNanos()) {
                    fresh = last.connection();
                } else {
                    stale.add(last.connection());
                }
            }
        }
        stale.forEach(HttpConnection::close);
        return fresh;
    }

    private boolean give(String key, HttpConnection connection) {
        synchronized (idle) {
            Deque<Idle> waiting = idle.computeIfAbsent(key, ignored -> new ArrayDeque<>());
            if (closed || waiting.size() >= IDLE_PER_SERVER_LIMIT || count >= IDLE_LIMIT) {
                return false;
            }
            waiting.addLast(new Idle(connection, time.monotonicNanos()));
            count++;
            return true;
        }
    }

    @Override
    public void close() {
        List<HttpConnection> open = new ArrayList<>();
        synchronized (idle) {
            closed = true;
            idle.values().forEach(waiting -> waiting.forEach(one -> open.add(one.connection())));
            idle.clear();
        }
        open.forEach(HttpConnection::close);
    }
}
