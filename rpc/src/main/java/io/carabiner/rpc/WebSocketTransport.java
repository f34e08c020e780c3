package io.carabiner.rpc;

import io.carabiner.primitives.ChainId;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * JSON-RPC over one WebSocket, opened when it is needed and again after it broke. The chain id is asked on every new
 * connection before anything else: behind one URL there may be another server than a minute ago.
 */
final class WebSocketTransport implements RpcTransport {

    private final EndpointUrl url;
    private final RpcLimits limits;
    private final EndpointUrl.HostResolver resolver;
    private final Optional<ChainId> expected;
    private final HttpClient client;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable WebSocketConnection connection;
    private volatile boolean closed;

    /** @param expected the chain to insist on; empty for any */
    WebSocketTransport(EndpointUrl url, RpcLimits limits, Optional<ChainId> expected) {
        this(url, limits, expected, InetAddress::getByName);
    }

    WebSocketTransport(
            EndpointUrl url, RpcLimits limits, Optional<ChainId> expected, EndpointUrl.HostResolver resolver) {
        this.url = url;
        this.resolver = resolver;
        this.limits = limits;
        this.expected = expected;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.connectTimeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    @Override
    public EndpointUrl url() {
        return url;
    }

    @Override
    public Answer exchange(List<RpcCall> calls) {
        return new Answer(connection().exchange(calls), Connections.CHECKED_WHEN_OPENED);
    }

    /**
     * Subscribes.
     *
     * @param onNotification called for every notification, on the connection's thread, in order; must be quick
     * @param onClosed called once when the connection ends, after which nothing more comes
     */
    void subscribe(String kind, Consumer<JsonNode> onNotification, Runnable onClosed) {
        connection().subscribe(kind, onNotification, onClosed);
    }

    /** Drops the connection; the next use opens another one. */
    void reconnect() {
        @Nullable WebSocketConnection current = connection;
        if (current != null) {
            current.abandon("given up because it was silent");
        }
    }

    private WebSocketConnection connection() {
        @Nullable WebSocketConnection current = connection;
        if (current != null && current.isOpen()) {
            return current;
        }
        connecting.lock();
        try {
            current = connection;
            if (current == null || !current.isOpen()) {
                current = connect();
                connection = current;
            }
            return current;
        } finally {
            connecting.unlock();
        }
    }

    private WebSocketConnection connect() {
        if (closed) {
            throw url.fault(RpcFault.UNREACHABLE, "the node is stopping");
        }
        WebSocketConnection fresh = new WebSocketConnection(url, limits);
        fresh.opened(handshake(fresh));
        try {
            expected.ifPresent(id -> ChainCheck.require(url, id, fresh.exchange(List.of(ChainCheck.CALL))));
            return fresh;
        } catch (RpcException e) {
            fresh.abandon("not used");
            throw e;
        }
    }

    private WebSocket handshake(WebSocketConnection fresh) {
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(limits.connectTimeout());
        url.userInfo().ifPresent(userInfo -> builder.header("Authorization", HttpTransport.basic(userInfo)));
        CompletableFuture<WebSocket> opening = builder.buildAsync(url.dialable(resolver), fresh);
        try {
            return opening.get(limits.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            opening.cancel(true);
            throw url.fault(
                    RpcFault.UNREACHABLE,
                    "no WebSocket handshake within " + limits.connectTimeout().toMillis() + " ms: check that "
                            + url.key() + " is a WebSocket address",
                    e);
        } catch (InterruptedException e) {
            opening.cancel(true);
            Thread.currentThread().interrupt();
            throw url.fault(RpcFault.INTERRUPTED, "told to stop while connecting", e);
        } catch (ExecutionException e) {
            throw ConnectFaults.explain(url, limits, e.getCause() == null ? e : e.getCause());
        }
    }

    @Override
    public void close() {
        closed = true;
        @Nullable WebSocketConnection current = connection;
        if (current != null) {
            current.abandon("the node is stopping");
        }
        client.shutdownNow();
    }
}
