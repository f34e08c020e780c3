package io.carabiner.rpc;

import java.util.Locale;

/** What the node thinks of an endpoint; the words are the Go node's. */
enum EndpointState {
    UNDIALED("Undialed"),
    ALIVE("Alive"),
    UNREACHABLE("Unreachable"),
    INVALID_CHAIN_ID("InvalidChainID"),
    CLOSED("Closed");

    private final String word;

    EndpointState(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** As in {@code pool_rpc_node_num_transitions_to_alive}. */
    String metricSuffix() {
        return this == INVALID_CHAIN_ID ? "invalid_chain_id" : word.toLowerCase(Locale.ROOT);
    }
}
