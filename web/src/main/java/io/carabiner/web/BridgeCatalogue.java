package io.carabiner.web;

import io.carabiner.pipeline.Bridge;
import io.carabiner.pipeline.BridgeHealth;
import io.carabiner.pipeline.BridgeStore;
import io.carabiner.pipeline.BridgeWatch;
import io.carabiner.primitives.Juels;
import java.net.URI;
import java.util.Optional;

/** The bridges, as the API steers them. Names are found in any case. Safe for use by many threads. */
public interface BridgeCatalogue {

    /** The node's bridges. */
    static BridgeCatalogue of(BridgeStore bridges, BridgeWatch watch) {
        return new StoredBridges(bridges, watch);
    }

    /** Part of the list, by name. */
    Listing<Bridge> list(int offset, int limit);

    /** A bridge. */
    Optional<Bridge> find(String name);

    /**
     * Stores a bridge with new tokens.
     *
     * @return the bridge with its incoming token, which is shown this once; empty if the name is taken
     */
    Optional<NewBridge> create(String name, URI url, long confirmations, Optional<Juels> minimumContractPayment);

    /** Changes a bridge; empty if there is none of this name. */
    Optional<Bridge> update(String name, URI url, long confirmations, Optional<Juels> minimumContractPayment);

    /** Removes a bridge; false if there was none. */
    boolean delete(String name);

    /** How a bridge has answered; empty if it was not asked since the node started. */
    Optional<BridgeHealth> health(String name);

    /** A bridge and the token that calls to the node must carry. */
    record NewBridge(Bridge bridge, String incomingToken) {

        /** Everything but the token. */
        @Override
        public String toString() {
            return "NewBridge[" + bridge.name() + "]";
        }
    }
}
