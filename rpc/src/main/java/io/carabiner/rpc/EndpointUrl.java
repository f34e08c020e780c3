package io.carabiner.rpc;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where one endpoint is. Printed with the operator's name for it and without user, password, path and query, since
 * providers put keys there.
 *
 * @param node the name in {@code EVM.Nodes}
 * @param key the TOML key that holds the URL: {@code HTTPURL}, {@code WSURL} or {@code HTTPURLExtraWrite}
 * @param uri the URL itself, never printed
 */
record EndpointUrl(String node, String key, URI uri) {

    /** Scheme, host and port. */
    String masked() {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + host() + port + (isBare() ? "" : "/…");
    }

    /** The host alone, as metrics name it. */
    String host() {
        @Nullable String host = uri.getHost();
        return host == null ? "?" : host;
    }

    private boolean isBare() {
        @Nullable String path = uri.getRawPath();
        boolean noPath = path == null || path.isEmpty() || path.equals("/");
        return noPath && uri.getRawQuery() == null && uri.getRawUserInfo() == null;
    }

    /** A fault at this endpoint. */
    RpcException fault(RpcFault fault, String whatAndWhatToDo) {
        return new RpcException(fault, this + ": " + whatAndWhatToDo);
    }

    RpcException fault(RpcFault fault, String whatAndWhatToDo, Throwable cause) {
        return new RpcException(fault, this + ": " + whatAndWhatToDo, cause);
    }

    @Override
    public String toString() {
        return "RPC endpoint " + node + " (" + masked() + ")";
    }
}
