package io.carabiner.pipeline;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The recorded world's web server on loopback: it answers by the rules of source.json. */
final class FakeSource implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, JsonNode> rules = new LinkedHashMap<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(1);

    FakeSource(JsonNode rules) throws IOException {
        rules.forEach(rule -> this.rules.put(rule.get("path").asString(), rule));
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 64);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String url() {
        return "http://" + host();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        JsonNode rule = rules.get(exchange.getRequestURI().getPath());
        if (rule == null) {
            answer(exchange, 404, new byte[0]);
            return;
        }
        int failures = rule.path("failTimes").asInt(0);
        if (calls.computeIfAbsent(rule.get("path").asString(), path -> new AtomicInteger())
                        .incrementAndGet()
                <= failures) {
            answer(
                    exchange,
                    rule.get("failStatus").asInt(),
                    utf8(rule.get("failBody").asString()));
            return;
        }
        if (rule.path("close").asBoolean(false)) {
            exchange.close();
            return;
        }
        Runnable answering = () -> answerByRule(exchange, rule, body);
        if (rule.has("delayMs")) {
            java.util.concurrent.ScheduledFuture<?> ignored =
                    later.schedule(answering, rule.get("delayMs").asLong(), TimeUnit.MILLISECONDS);
        } else {
            answering.run();
        }
    }

    private void answerByRule(HttpExchange exchange, JsonNode rule, String body) {
        rule.path("headers").properties().forEach(header -> exchange.getResponseHeaders()
                .add(header.getKey(), header.getValue().asString()));
        answer(exchange, rule.path("status").asInt(200), content(exchange, rule, body));
    }

    private static byte[] content(HttpExchange exchange, JsonNode rule, String body) {
        if (rule.path("echo").asBoolean(false)) {
            return utf8(echo(exchange, body));
        }
        if (rule.has("bodyHex")) {
            return HexFormat.of().parseHex(rule.get("bodyHex").asString());
        }
        if (rule.has("bodyRepeat")) {
            JsonNode repeat = rule.get("bodyRepeat");
            return utf8(repeat.get("text").asString().repeat(repeat.get("times").asInt()));
        }
        return utf8(rule.path("body").asString(""));
    }

    private static String echo(HttpExchange exchange, String body) {
        ObjectNode echo = JSON.createObjectNode();
        echo.put("method", exchange.getRequestMethod());
        echo.put("path", exchange.getRequestURI().getPath());
        String query = exchange.getRequestURI().getRawQuery();
        echo.put("query", query == null ? "" : query);
        ObjectNode headers = echo.putObject("headers");
        exchange.getRequestHeaders().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!lower.equals("host") && !lower.equals("connection")) {
                headers.put(lower, String.join(", ", values));
            }
        });
        echo.put("body", body);
        return JSON.writeValueAsString(echo);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) {
        try (exchange) {
            boolean none = body.length == 0;
            exchange.sendResponseHeaders(status, none ? -1 : body.length);
            if (!none) {
                exchange.getResponseBody().write(body);
            }
        } catch (IOException e) {
            // The client has given up, as the vectors with a timeout want it to.
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        later.shutdownNow();
    }
}
