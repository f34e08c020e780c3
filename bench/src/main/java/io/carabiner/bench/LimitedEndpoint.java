package io.carabiner.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An endpoint as providers sell it: so many calls a second, each call of a batch counted, and so many blocks in one
 * {@code eth_getLogs}. A batch may overdraw a second's calls; until that is made up for, the answer is HTTP 429.
 * Safe for use by many threads.
 */
final class LimitedEndpoint implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int INVALID_PARAMS = -32602;

    private final URI target;
    private final int callsPerSecond;
    private final long rangeMax;
    private final HttpServer server;
    private final HttpClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LongAdder passed = new LongAdder();
    private final Map<String, LongAdder> byMethod = new ConcurrentHashMap<>();
    private final LongAdder refusedRanges = new LongAdder();
    private final LongAdder refusedRequests = new LongAdder();
    private double credit;
    private long creditedNanos = System.nanoTime();

    private LimitedEndpoint(URI target, int callsPerSecond, long rangeMax) throws IOException {
        this.target = target;
        this.callsPerSecond = callsPerSecond;
        this.rangeMax = rangeMax;
        this.credit = callsPerSecond;
        this.client = HttpClient.newHttpClient();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    static LimitedEndpoint inFrontOf(URI target, int callsPerSecond, long rangeMax) throws IOException {
        return new LimitedEndpoint(target, callsPerSecond, rangeMax);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Calls that were let through. */
    long calls() {
        return passed.sum();
    }

    /** Calls that were let through, by method. */
    Map<String, Long> callsByMethod() {
        Map<String, Long> snapshot = new TreeMap<>();
        byMethod.forEach((method, count) -> snapshot.put(method, count.sum()));
        return snapshot;
    }

    private void count(JsonNode call) {
        byMethod.computeIfAbsent(call.path("method").asString(""), name -> new LongAdder())
                .increment();
    }

    /** Requests that were answered with 429. */
    long refusedRequests() {
        return refusedRequests.sum();
    }

    /** Calls that asked for too many blocks. */
    long refusedRanges() {
        return refusedRanges.sum();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            int calls = body.isArray() ? body.size() : 1;
            if (!take(calls)) {
                refusedRequests.increment();
                exchange.getResponseHeaders().set("Retry-After", "1");
                exchange.sendResponseHeaders(429, -1);
                return;
            }
            passed.add(calls);
            if (body.isArray()) {
                body.forEach(this::count);
            } else {
                count(body);
            }
            byte[] answer = JSON.writeValueAsBytes(body.isArray() ? batch(body) : one(body));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean take(int calls) {
        long now = System.nanoTime();
        credit = Math.min(callsPerSecond, credit + (now - creditedNanos) / NANOS_PER_SECOND * callsPerSecond);
        creditedNanos = now;
        if (credit <= 0) {
            return false;
        }
        credit -= calls;
        return true;
    }

    private JsonNode one(JsonNode call) throws InterruptedException {
        return isTooWide(call) ? tooWide(call) : forward(call);
    }

    private JsonNode batch(JsonNode calls) throws InterruptedException {
        ArrayNode good = JSON.createArrayNode();
        ArrayNode answers = JSON.createArrayNode();
        for (JsonNode call : calls) {
            if (isTooWide(call)) {
                answers.add(tooWide(call));
            } else {
                good.add(call);
            }
        }
        if (!good.isEmpty()) {
            forward(good).forEach(answers::add);
        }
        return answers;
    }

    private boolean isTooWide(JsonNode call) {
        JsonNode filter = call.path("params").path(0);
        if (!call.path("method").asString("").equals("eth_getLogs")
                || !filter.path("fromBlock").isString()) {
            return false;
        }
        long from = Long.decode(filter.path("fromBlock").asString());
        long to = Long.decode(filter.path("toBlock").asString());
        return to - from + 1 > rangeMax;
    }

    private JsonNode tooWide(JsonNode call) {
        refusedRanges.increment();
        ObjectNode answer = JSON.createObjectNode();
        answer.put("jsonrpc", "2.0");
        answer.set("id", call.path("id"));
        answer.putObject("error")
                .put("code", INVALID_PARAMS)
                .put("message", "eth_getLogs is limited to a " + rangeMax + " block range");
        return answer;
    }

    private JsonNode forward(JsonNode body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body), StandardCharsets.UTF_8))
                .build();
        try {
            return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofByteArray())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }
}
