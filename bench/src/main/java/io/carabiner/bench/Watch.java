package io.carabiner.bench;

import io.carabiner.testkit.RpcTap;
import io.carabiner.testkit.TapVerdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;

/**
 * Reads along between the node and the chain: when each head reached the node, when each raw transaction left it, and
 * how many calls of each method were made.
 */
final class Watch {

    private static final double NANOS_PER_MILLI = 1e6;

    /** {@code fulfillOracleRequest2}: the request id is the first word behind it. */
    private static final String FULFIL_SELECTOR = "6ae0bc76";

    private static final int WORD_CHARS = 64;

    private final Map<Long, Long> headSeenNanos = new ConcurrentSkipListMap<>();
    private final Map<String, Long> sentNanos = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<Long> rawNanos = new ConcurrentSkipListSet<>();
    private final Map<String, LongAdder> calls = new ConcurrentSkipListMap<>();

    /** Reads along at one endpoint more. */
    void read(RpcTap tap) {
        tap.onNotification(this::notified);
        tap.beforeRequest(request -> {
            requested(request);
            return TapVerdict.FORWARD;
        });
        tap.beforeAnswer((request, answer) -> {
            answered(request, answer);
            return TapVerdict.FORWARD;
        });
    }

    private void notified(JsonNode notification) {
        sawHead(notification.path("params").path("result"));
    }

    private void answered(JsonNode request, JsonNode answer) {
        if (request.path("method").asString("").equals("eth_getBlockByNumber")) {
            sawHead(answer.path("result"));
        }
    }

    private void sawHead(JsonNode head) {
        if (head.path("number").isString() && head.path("parentHash").isString()) {
            headSeenNanos.putIfAbsent(Long.decode(head.path("number").asString()), System.nanoTime());
        }
    }

    private void requested(JsonNode request) {
        String method = request.path("method").asString("");
        calls.computeIfAbsent(method, name -> new LongAdder()).increment();
        if (method.equals("eth_sendRawTransaction")) {
            rawNanos.add(System.nanoTime());
            String raw = request.path("params").path(0).asString("");
            int place = raw.indexOf(FULFIL_SELECTOR);
            if (place >= 0) {
                int start = place + FULFIL_SELECTOR.length();
                sentNanos.putIfAbsent("0x" + raw.substring(start, start + WORD_CHARS), System.nanoTime());
            }
        }
    }

    /**
     * From the head that carried a request to the raw transaction that answers it, for each request id by its block.
     */
    Sample headToSent(Map<String, Long> blockOfRequest) {
        List<Double> millis = new ArrayList<>();
        blockOfRequest.forEach((requestId, block) -> {
            Long sent = sentNanos.get(requestId);
            Long seen = headSeenNanos.get(block);
            if (sent != null && seen != null) {
                millis.add((sent - seen) / NANOS_PER_MILLI);
            }
        });
        return Sample.ofMillis(millis);
    }

    /** When the first answer after a moment left, in nanoseconds of the same clock; the greatest number if none did. */
    long firstSentAfter(long nanos) {
        return firstAfter(sentNanos.values(), nanos);
    }

    /** When the first head after a moment came; the greatest number if none did. */
    long firstHeadAfter(long nanos) {
        return firstAfter(headSeenNanos.values(), nanos);
    }

    private static long firstAfter(Collection<Long> all, long nanos) {
        return all.stream()
                .mapToLong(Long::longValue)
                .filter(one -> one > nanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** When the first raw transaction after this moment left a node, in {@link System#nanoTime}; empty if none has. */
    OptionalLong sentAfter(long nanos) {
        Long sent = rawNanos.higher(nanos);
        return sent == null ? OptionalLong.empty() : OptionalLong.of(sent);
    }

    /** Calls so far, by method. */
    Map<String, Long> callsByMethod() {
        Map<String, Long> snapshot = new ConcurrentSkipListMap<>();
        calls.forEach((method, count) -> snapshot.put(method, count.sum()));
        return snapshot;
    }

    /** All calls so far. */
    long calls() {
        return calls.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Heads seen so far. */
    List<Long> heads() {
        return List.copyOf(headSeenNanos.keySet());
    }
}
