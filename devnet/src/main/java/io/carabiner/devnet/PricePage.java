package io.carabiner.devnet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carabiner.localservers.Ports;
import io.carabiner.primitives.TimeSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small data source on 127.0.0.1: {@code GET /price} answers with a price as JSON, which moves a little with every
 * question. Stands in for the web API of a data provider.
 *
 * <p>Safe for use by many threads.
 */
public final class PricePage implements AutoCloseable {

    /** The path of the page. */
    public static final String PATH = "/price";

    private static final int START_CENTS = 142_357;
    private static final int STEP_MAX_CENTS = 250;
    private static final int BACKLOG = 50;

    private final HttpServer server;
    private final TimeSource time;
    private final Random random = new Random();
    private int cents = START_CENTS;

    private PricePage(HttpServer server, TimeSource time) {
        this.server = server;
        this.time = time;
    }

    /** Starts it on the preferred port, or on another where that is taken; 0 prefers none. */
    public static PricePage start(int preferredPort, TimeSource time) {
        PricePage page = new PricePage(bind(preferredPort), time);
        page.server.createContext(PATH, page::answer);
        page.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        page.server.start();
        return page;
    }

    private static HttpServer bind(int preferredPort) {
        try {
            return HttpServer.create(address(Ports.free(preferredPort)), BACKLOG);
        } catch (BindException e) {
            return bindAnywhere();
        } catch (IOException e) {
            throw new DevnetException("PRICE_PAGE", "The price page does not start: " + e.getMessage(), e);
        }
    }

    private static HttpServer bindAnywhere() {
        try {
            return HttpServer.create(address(0), BACKLOG);
        } catch (IOException e) {
            throw new DevnetException("PRICE_PAGE", "The price page does not start: " + e.getMessage(), e);
        }
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    /** {@code http://127.0.0.1:port/price}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            Map<String, Object> body = Map.of(
                    "data", Map.of("pair", "ETH/USD", "price", next()),
                    "at", time.now().toString());
            byte[] content = new JsonMapper().writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private synchronized BigDecimal next() {
        cents = Math.max(1, cents + random.nextInt(-STEP_MAX_CENTS, STEP_MAX_CENTS + 1));
        return BigDecimal.valueOf(cents, 2);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
