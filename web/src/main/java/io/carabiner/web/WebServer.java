package io.carabiner.web;

import io.carabiner.config.WebServerConfig;
import io.carabiner.telemetry.WebMessages;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.net.InetAddress;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The node's HTTP server. Each request has a virtual thread of its own.
 *
 * <p>Thread-safe. Limits: headers {@value #HEADERS_LIMIT_BYTES} bytes, bodies {@code WebServer.HTTPMaxSize}, an idle
 * connection {@value #IDLE_TIMEOUT_MILLIS} ms.
 */
public final class WebServer implements AutoCloseable {

    private static final int HEADERS_LIMIT_BYTES = 1 << 20;
    private static final int IDLE_TIMEOUT_MILLIS = 60_000;
    private static final int STOP_TIMEOUT_MILLIS = 5_000;

    private final Javalin javalin;
    private final Exchange exchange;
    private final String address;

    private WebServer(Javalin javalin, Exchange exchange, String address) {
        this.javalin = javalin;
        this.exchange = exchange;
        this.address = address;
    }

    /**
     * Opens the port.
     *
     * @throws WebException {@code WEB_PORT_TAKEN} when it cannot be opened
     */
    public static WebServer start(WebServerConfig config, WebServices services) {
        Exchange exchange = Exchange.of(config, services);
        Javalin javalin = Javalin.create(settings -> configure(settings, config, exchange));
        String address = config.listenIp().getHostAddress();
        try {
            javalin.start();
        } catch (RuntimeException e) {
            throw WebException.start(
                    "WEB_PORT_TAKEN",
                    "cannot listen on " + address + ":" + config.httpPort() + " (" + rootCause(e)
                            + "): stop what uses the port, or set WebServer.HTTPPort to another");
        }
        WebServer server = new WebServer(javalin, exchange, address);
        new WebMessages().listening(address, server.port());
        return server;
    }

    private static String rootCause(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static void configure(JavalinConfig settings, WebServerConfig config, Exchange exchange) {
        settings.startup.showJavalinBanner = false;
        settings.concurrency.useVirtualThreads = true;
        settings.http.compressionStrategy = CompressionStrategy.NONE;
        settings.http.maxRequestSize = Long.MAX_VALUE;
        settings.jetty.addConnector((server, http) -> connector(server, http, config.listenIp(), config.httpPort()));
        settings.jetty.modifyServer(server -> server.setStopTimeout(STOP_TIMEOUT_MILLIS));
        settings.routes.before("*", context -> {
            exchange.handle(context);
            context.skipRemainingHandlers();
        });
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, InetAddress ip, int port) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADERS_LIMIT_BYTES);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(ip.getHostAddress());
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
        return connector;
    }

    RouteTable routes() {
        return exchange.routes();
    }

    /** The port it listens on, also where any free one was asked for. */
    public int port() {
        return javalin.port();
    }

    /** Where it can be reached from this machine. */
    public String url() {
        String host = List.of("0.0.0.0", "0:0:0:0:0:0:0:0").contains(address) ? "127.0.0.1" : address;
        return "http://" + host + ":" + port();
    }

    /** Closes the port and waits for the calls in progress, for at most {@value #STOP_TIMEOUT_MILLIS} ms. */
    @Override
    public void close() {
        javalin.stop();
    }
}
