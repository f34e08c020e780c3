package io.carabiner.rpc;

import io.carabiner.primitives.UrlAuthority;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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
        String port = authority()
                .map(UrlAuthority::port)
                .filter(OptionalInt::isPresent)
                .map(present -> ":" + present.getAsInt())
                .orElse("");
        return uri.getScheme() + "://" + host() + port + (isBare() ? "" : "/…");
    }

    /** The host alone, as metrics name it. */
    String host() {
        return authority().map(UrlAuthority::host).orElse("?");
    }

    /** User and password, decoded, if the URL holds them. */
    Optional<String> userInfo() {
        return authority()
                .flatMap(UrlAuthority::rawUserInfo)
                .map(raw -> URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    private Optional<UrlAuthority> authority() {
        return UrlAuthority.of(uri);
    }

    private boolean isBare() {
        @Nullable String path = uri.getRawPath();
        boolean noPath = path == null || path.isEmpty() || path.equals("/");
        return noPath
                && uri.getRawQuery() == null
                && authority().flatMap(UrlAuthority::rawUserInfo).isEmpty();
    }

    /**
     * The URL to give to Java's HTTP client. That refuses host names with an underscore, so for these the name's
     * present address takes the name's place.
     *
     * @throws RpcException if the name is not known, or TLS would have to check it
     */
    URI dialable(HostResolver resolver) {
        UrlAuthority authority =
                authority().orElseThrow(() -> fault(RpcFault.UNREACHABLE, "the URL names no host: check " + key));
        if (authority.isPlainHostName()) {
            return uri;
        }
        if (Set.of("https", "wss").contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
            throw fault(
                    RpcFault.UNREACHABLE,
                    "a certificate cannot be checked for a host name with an underscore: give the host a name without"
                            + " one (in a container network an alias) in " + key);
        }
        return at(address(authority.host(), resolver), authority.port());
    }

    private InetAddress address(String host, HostResolver resolver) {
        try {
            return resolver.resolve(host);
        } catch (UnknownHostException e) {
            throw ConnectFaults.unknownHost(this, e);
        }
    }

    private URI at(InetAddress address, OptionalInt port) {
        String literal =
                address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String colonPort = port.isPresent() ? ":" + port.getAsInt() : "";
        return URI.create(uri.getScheme() + "://" + literal + colonPort + path + query);
    }

    /** Finds the address of a host. */
    interface HostResolver {
        /** One of the host's addresses. */
        InetAddress resolve(String host) throws UnknownHostException;
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
