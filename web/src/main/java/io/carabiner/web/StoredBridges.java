package io.carabiner.web;

import io.carabiner.pipeline.Bridge;
import io.carabiner.pipeline.BridgeHealth;
import io.carabiner.pipeline.BridgeStore;
import io.carabiner.pipeline.BridgeWatch;
import io.carabiner.primitives.Juels;
import java.net.URI;
import java.util.Optional;

/** Lets the API steer the node's bridges. */
record StoredBridges(BridgeStore bridges, BridgeWatch watch) implements BridgeCatalogue {

    @Override
    public Listing<Bridge> list(int offset, int limit) {
        return new Listing<>(bridges.list(offset, limit), bridges.count());
    }

    @Override
    public Optional<Bridge> find(String name) {
        return bridges.bridge(name);
    }

    @Override
    public Optional<NewBridge> create(
            String name, URI url, long confirmations, Optional<Juels> minimumContractPayment) {
        return bridges.create(name, url, confirmations, minimumContractPayment)
                .map(made -> new NewBridge(made.bridge(), made.incomingToken()));
    }

    @Override
    public Optional<Bridge> update(String name, URI url, long confirmations, Optional<Juels> minimumContractPayment) {
        return bridges.update(name, url, confirmations, minimumContractPayment);
    }

    @Override
    public Optional<BridgeHealth> health(String name) {
        return watch.health(name);
    }

    @Override
    public boolean delete(String name) {
        return bridges.delete(name);
    }
}
