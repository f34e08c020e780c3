package io.carabiner.fluxmonitor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carabiner.pipeline.Bridge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An external adapter with one price. */
final class PricePage implements AutoCloseable {

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String price = "100";
    private volatile boolean down;
    private volatile Runnable onAsked = () -> {};
    private volatile Optional<JsonNode> lastQuestion = Optional.empty();

    PricePage() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    Bridge bridge() {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new Bridge("price", url, 0, Optional.empty(), "token", Instant.EPOCH, Instant.EPOCH);
    }

    void price(String next) {
        price = next;
    }

    void down(boolean isDown) {
        down = isDown;
    }

    /** Done before each answer. */
    void onAsked(Runnable action) {
        onAsked = action;
    }

    int asked() {
        return asked.get();
    }

    JsonNode lastQuestion() {
        return lastQuestion.orElseThrow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            lastQuestion = Optional.of(JsonMapper.shared().readTree(exchange.getRequestBody()));
            asked.incrementAndGet();
            onAsked.run();
            byte[] body = ("{\"data\":{\"result\":" + price + "}}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(down ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
