package io.carabiner.outbound;

import java.net.InetAddress;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** How a request reaches its server. */
sealed interface Route {

    /** The connection goes to one of the server's checked addresses; the first that answers is taken. */
    record Direct(List<InetAddress> addresses) implements Route {}

    /** The proxy is told the whole URL. */
    record Forward(HttpUrl proxy) implements Route {}

    /**
     * The proxy connects to the server and passes everything on.
     *
     * @param target where it connects to: the checked address where the policy holds, else the name
     */
    record Tunnel(HttpUrl proxy, String target) implements Route {}

    /** The header {@code Proxy-Authorization} for the user in the proxy's URL. */
    static Optional<String> authorization(HttpUrl proxy) {
        return proxy.userInfo().map(user -> "Basic " + Base64.getEncoder().encodeToString(HttpUrl.decoded(user)));
    }
}
