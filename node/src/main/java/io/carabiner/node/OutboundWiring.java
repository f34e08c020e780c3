package io.carabiner.node;

import io.carabiner.config.CarabinerConfig;
import io.carabiner.config.NodeConfig;
import io.carabiner.outbound.AllowedDestination;
import io.carabiner.outbound.OutboundSettings;
import io.carabiner.outbound.Proxies;
import io.carabiner.pipeline.BridgeLimits;
import io.carabiner.primitives.FaultException;
import java.util.List;
import java.util.Map;

/** How the node's configuration and environment shape what tasks may fetch. */
final class OutboundWiring {

    private OutboundWiring() {}

    /**
     * Where tasks may fetch from.
     *
     * @throws FaultException if a proxy of the environment cannot be used, with a sentence that names it
     */
    static OutboundSettings settings(NodeConfig config, Map<String, String> environment) {
        CarabinerConfig.Outbound outbound = config.carabiner().outbound();
        return new OutboundSettings(
                outbound.strictLiterals(),
                outbound.allowList().orElse(List.of()).stream()
                        .map(AllowedDestination::parse)
                        .toList(),
                outbound.maxRedirects(),
                proxies(environment));
    }

    private static Proxies proxies(Map<String, String> environment) {
        try {
            return Proxies.fromEnvironment(environment);
        } catch (IllegalArgumentException e) {
            throw new ProxyException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A proxy that the environment names cannot be used. */
    private static final class ProxyException extends FaultException {
        private static final long serialVersionUID = 1L;

        ProxyException(String message, Throwable cause) {
            super("PROXY_UNUSABLE", message, cause);
        }
    }

    static BridgeLimits bridges(NodeConfig config) {
        CarabinerConfig.Bridges bridges = config.carabiner().bridges();
        return new BridgeLimits(bridges.timeout(), bridges.maxRequests(), bridges.maxFailures(), bridges.pause());
    }
}
