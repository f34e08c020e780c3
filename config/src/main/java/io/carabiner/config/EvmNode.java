package io.carabiner.config;

import java.net.URI;
import java.util.Optional;

/**
 * One RPC endpoint: an entry of {@code EVM.Nodes}.
 *
 * @param name unique over all chains
 * @param wsUrl {@code ws} or {@code wss}; absent where heads are polled
 * @param httpUrl {@code http} or {@code https}
 * @param httpUrlExtraWrite where transactions are sent as well
 * @param sendOnly used for sending transactions only, never for reading
 * @param order 1 to 100, the lowest first, for {@link SelectionMode#PRIORITY_LEVEL}
 * @param isLoadBalancedRpc several servers answer behind this URL
 */
public record EvmNode(
        String name,
        Optional<URI> wsUrl,
        Optional<URI> httpUrl,
        Optional<URI> httpUrlExtraWrite,
        boolean sendOnly,
        int order,
        boolean isLoadBalancedRpc) {}
