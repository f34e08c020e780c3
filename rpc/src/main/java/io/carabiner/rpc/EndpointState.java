package io.carabiner.rpc;

import java.util.Locale;

/** What the node thinks of an endpoint; the words are the Go node's. */
enum EndpointState {
    UNDIALED("Undialed"),
    ALIVE("Alive"),
    UNREACHABLE("Unreachable"),
    OUT_OF_SYNC("OutOfSync"),
    SYNCING("Syncing"),
    INVALID_CHAIN_ID("InvalidChainID"),
    CLOSED("Closed");

    private final String word;

    EndpointState(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** Whether its answers are answers of the right chain; it may lag. */
    boolean isUsable() {
        return this == ALIVE || this == OUT_OF_SYNC;
    }

    /** As in {@code pool_rpc_node_num_transitions_to_alive}. */
    String metricSuffix() {
        return switch (this) {
            case INVALID_CHAIN_ID -> "invalid_chain_id";
            case OUT_OF_SYNC -> "out_of_sync";
            case UNDIALED, ALIVE, UNREACHABLE, SYNCING, CLOSED -> word.toLowerCase(Locale.ROOT);
        };
    }
}
