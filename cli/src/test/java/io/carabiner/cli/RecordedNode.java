package io.carabiner.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A node that answers what a real one answered, in the recorded order, and remembers what it was asked. */
final class RecordedNode implements AutoCloseable {

    /** What came in. */
    record Request(String method, String path, String body, Optional<String> cookie, Optional<String> accept) {}

    private final HttpServer server;
    private final Deque<JsonNode> answers = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();

    RecordedNode() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** Host and port. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** What it shall answer next, forgetting what was before. */
    synchronized void expect(JsonNode exchanges) {
        answers.clear();
        requests.clear();
        exchanges.forEach(answers::add);
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    /** How many expected requests did not come. */
    synchronized int unasked() {
        return answers.size();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                body,
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Cookie")),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept"))));
        JsonNode recorded = answers.poll();
        if (recorded == null) {
            exchange.sendResponseHeaders(599, -1);
            exchange.close();
            return;
        }
        recorded.path("responseHeaders").propertyStream().forEach(header -> exchange.getResponseHeaders()
                .set(header.getKey(), header.getValue().asString()));
        int status = recorded.path("status").asInt();
        if (status == 301) {
            exchange.getResponseHeaders()
                    .set("Location", exchange.getRequestURI().toString().replaceAll("/$", ""));
        }
        if (recorded.path("path").asString().equals("/sessions") && status == 200) {
            exchange.getResponseHeaders().set("Set-Cookie", "clsession=abc123==; Max-Age=2592000; HttpOnly");
        }
        byte[] response = recorded.path("response").asString("").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, response.length == 0 ? -1 : response.length);
        exchange.getResponseBody().write(response);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
