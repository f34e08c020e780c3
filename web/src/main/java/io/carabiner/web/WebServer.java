package io.carabiner.web;

import io.carabiner.config.WebServerConfig;
import io.carabiner.telemetry.WebMessages;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
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
    private final boolean plain;

    private WebServer(Javalin javalin, Exchange exchange, String address, boolean plain) {
        this.javalin = javalin;
        this.exchange = exchange;
        this.address = address;
        this.plain = plain;
    }

    /**
     * Opens the ports.
     *
     * @param certificate what HTTPS shows; empty for HTTP alone
     * @throws WebException {@code WEB_PORT_TAKEN} when a port cannot be opened
     */
    public static WebServer start(
            WebServerConfig config, WebServices services, Optional<ServerCertificate> certificate) {
        Exchange exchange = Exchange.of(config, services, certificate);
        Javalin javalin = Javalin.create(settings -> configure(settings, config, exchange, certificate));
        String address = config.listenIp().getHostAddress();
        try {
            javalin.start();
        } catch (RuntimeException e) {
            throw WebException.start(
                    "WEB_PORT_TAKEN",
                    "cannot listen on " + places(config, certificate) + " (" + rootCause(e)
                            + "): stop what uses the port, or set WebServer.HTTPPort to another");
        }
        WebServer server = new WebServer(javalin, exchange, address, speaksHttp(config, certificate));
        server.tell(config, certificate);
        return server;
    }

    private static boolean speaksHttp(WebServerConfig config, Optional<ServerCertificate> certificate) {
        return config.httpPort() != 0 || certificate.isEmpty();
    }

    private static String places(WebServerConfig config, Optional<ServerCertificate> certificate) {
        String https =
                config.tls().listenIp().getHostAddress() + ":" + config.tls().httpsPort();
        String http = config.listenIp().getHostAddress() + ":" + config.httpPort();
        return certificate.isEmpty() ? http : speaksHttp(config, certificate) ? http + " and " + https : https;
    }

    private void tell(WebServerConfig config, Optional<ServerCertificate> certificate) {
        WebMessages messages = new WebMessages();
        if (plain) {
            messages.listening(address, port());
        }
        certificate.ifPresent(shown -> messages.listeningWithTls(
                config.tls().listenIp().getHostAddress(), config.tls().httpsPort(), shown.validUntil()));
    }

    private static String rootCause(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static void configure(
            JavalinConfig settings,
            WebServerConfig config,
            Exchange exchange,
            Optional<ServerCertificate> certificate) {
        settings.startup.showJavalinBanner = false;
        settings.concurrency.useVirtualThreads = true;
        settings.http.compressionStrategy = CompressionStrategy.NONE;
        settings.http.maxRequestSize = Long.MAX_VALUE;
        if (speaksHttp(config, certificate)) {
            settings.jetty.addConnector((server, http) -> placed(
                    new ServerConnector(server, new HttpConnectionFactory(limited(http))),
                    config.listenIp(),
                    config.httpPort()));
        }
        certificate.ifPresent(shown -> settings.jetty.addConnector((server, http) -> placed(
                SecureConnector.of(server, limited(http), shown),
                config.tls().listenIp(),
                config.tls().httpsPort())));
        settings.jetty.modifyServer(server -> server.setStopTimeout(STOP_TIMEOUT_MILLIS));
        settings.routes.before("*", context -> {
            exchange.handle(context);
            context.skipRemainingHandlers();
        });
    }

    private static HttpConfiguration limited(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADERS_LIMIT_BYTES);
        return http;
    }

    private static ServerConnector placed(ServerConnector connector, InetAddress ip, int port) {
        connector.setHost(ip.getHostAddress());
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
        return connector;
    }

    RouteTable routes() {
        return exchange.routes();
    }

    /** The port it listens on, that of HTTP where it speaks both; also where any free one was asked for. */
    public int port() {
        return javalin.port();
    }

    /** Where it can be reached from this machine. */
    public String url() {
        String host = List.of("0.0.0.0", "0:0:0:0:0:0:0:0").contains(address) ? "127.0.0.1" : address;
        return (plain ? "http://" : "https://") + host + ":" + port();
    }

    /** Closes the port and waits for the calls in progress, for at most {@value #STOP_TIMEOUT_MILLIS} ms. */
    @Override
    public void close() {
        javalin.stop();
    }
}
