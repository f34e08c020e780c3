package io.carabiner.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carabiner.devnet.DevnetContracts.Question;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** A data source that answers each question with a number of its own, so that an answer cannot be taken for another. */
final class NumberPage implements AutoCloseable {

    private static final int BACKLOG = 50;
    private static final int TIMES = 100;

    private final HttpServer server;
    private volatile Runnable onAsked = () -> {};

    private NumberPage(HttpServer server) {
        this.server = server;
    }

    static NumberPage start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), BACKLOG);
        NumberPage page = new NumberPage(server);
        server.createContext("/number", page::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return page;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Done before each answer. */
    void onAsked(Runnable action) {
        onAsked = action;
    }

    /** The n-th question. */
    Question question(int n) {
        String url = "http://127.0.0.1:" + port() + "/number?n=" + n;
        return new Question(url, "data,number", TIMES);
    }

    /** What must stand on chain for the n-th question: n.25 a hundred times. */
    static BigInteger expected(int n) {
        return BigInteger.valueOf(n * 100L + 25);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            onAsked.run();
            String n = exchange.getRequestURI().getQuery().substring("n=".length());
            byte[] body = ("{\"data\":{\"number\":" + n + ".25}}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
