package io.carabiner.rpc;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** One URL of one endpoint, asked by itself and without a pool: for checks beside a node. Belongs to one thread. */
public final class EndpointVisit implements AutoCloseable {

    private final RpcTransport transport;

    private EndpointVisit(RpcTransport transport) {
        this.transport = transport;
    }

    /**
     * Nothing is connected yet.
     *
     * @param node the name in {@code EVM.Nodes}
     * @param key the TOML key of the URL: {@code HTTPURL} or {@code WSURL}
     */
    public static EndpointVisit of(String node, String key, URI uri) {
        EndpointUrl url = new EndpointUrl(node, key, uri);
        boolean socket = uri.getScheme().startsWith("ws");
        return new EndpointVisit(
                socket
                        ? new WebSocketTransport(url, RpcLimits.DEFAULTS, Optional.empty())
                        : new HttpTransport(url, RpcLimits.DEFAULTS));
    }

    /**
     * Asks one call.
     *
     * @throws RpcException if there is no usable answer; its words hold no key of the URL
     */
    public RpcReply ask(RpcCall call) {
        return transport.exchange(List.of(call)).replies().getFirst();
    }

    /**
     * Whether new heads would be pushed; asks for them once, and only over a WebSocket.
     *
     * @throws RpcException if they would not
     */
    public void subscribeHeads() {
        if (transport instanceof WebSocketTransport socket) {
            socket.subscribe("newHeads", head -> {}, () -> {});
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
