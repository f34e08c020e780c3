package io.carabiner.web;

import io.carabiner.primitives.ChainId;
import io.carabiner.txm.Forwarders;
import io.carabiner.txm.Txm;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What sends transactions, as the API steers it. Immutable.
 *
 * @param managers of the chains that are switched on
 */
public record SendingRooms(Map<ChainId, Txm> managers, Forwarders forwarders) {

    /** Copies the map. */
    public SendingRooms {
        managers = Map.copyOf(managers);
    }

    Optional<Txm> manager(ChainId chain) {
        return Optional.ofNullable(managers.get(chain));
    }

    List<Txm> all() {
        return List.copyOf(managers.values());
    }
}
