package io.carabiner.txm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.time.Instant;
import java.util.List;

/**
 * A forwarder contract that the node may send through.
 *
 * @param id rising with time
 * @param senders the keys that it was last seen to let pass
 */
public record Forwarder(
        long id, Address address, ChainId evmChainId, List<Address> senders, Instant createdAt, Instant updatedAt) {

    /** Copies the list. */
    public Forwarder {
        senders = List.copyOf(senders);
    }
}
