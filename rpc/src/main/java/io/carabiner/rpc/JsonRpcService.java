package io.carabiner.rpc;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/**
 * A JSON-RPC service over HTTP that is no endpoint of a chain, such as a signer: each call is made once, with no other
 * to fall back to. Safe for use by many threads.
 */
public final class JsonRpcService implements AutoCloseable {

    /** The largest answer, in bytes. */
    static final int ANSWER_MAX_BYTES = 1024 * 1024;

    private final String name;
    private final RpcTransport transport;

    private JsonRpcService(String name, RpcTransport transport) {
        this.name = name;
        this.transport = transport;
    }

    /**
     * A service; nothing is connected yet.
     *
     * @param name for messages
     * @param key the TOML key that holds the URL, for messages
     * @param url http or https
     * @param timeout from sending a call to the end of its answer
     * @param tls what to trust and to show; empty for the machine's own
     */
    public static JsonRpcService at(String name, String key, URI url, Duration timeout, Optional<SSLContext> tls) {
        RpcLimits usual = RpcLimits.DEFAULTS;
        RpcLimits limits = new RpcLimits(
                timeout.compareTo(usual.connectTimeout()) < 0 ? timeout : usual.connectTimeout(),
                timeout,
                ANSWER_MAX_BYTES,
                usual.backoffMin(),
                usual.backoffMax(),
                usual.failuresMax());
        EndpointUrl where = new EndpointUrl(name, key, url);
        return new JsonRpcService(name, new HttpTransport(where, limits, InetAddress::getByName, tls));
    }

    /**
     * The result of a call, which may be JSON null.
     *
     * @throws RpcErrorException if the service refuses it
     * @throws RpcException if there is no usable answer
     */
    public JsonNode call(RpcCall call) {
        return switch (transport.exchange(List.of(call)).replies().getFirst()) {
            case RpcReply.Result result -> result.value();
            case RpcReply.Failure failure -> throw new RpcErrorException(name, failure.error());
            case RpcReply.Missing ignored ->
                throw transport.url().fault(RpcFault.NOT_JSON_RPC, "the answer belongs to another call");
        };
    }

    @Override
    public void close() {
        transport.close();
    }
}
