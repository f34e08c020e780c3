package io.carabiner.txm;

import io.carabiner.primitives.Address;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Mistakes that stand between the owners of keys and their rows, for a simulation that must find them. */
public final class SimulatedBugs {

    private SimulatedBugs() {}

    /** After each reading of the rows the next nonce is one too high. */
    public static SimulatedStore skippingNonces(SimulatedStore rows) {
        return new SimulatedStore() {
            @Override
            public KeyRows load(Address key, long nowNanos) {
                KeyRows loaded = rows.load(key, nowNanos);
                OptionalLong highest = loaded.highestNonce().isPresent()
                        ? OptionalLong.of(loaded.highestNonce().getAsLong() + 1)
                        : loaded.highestNonce();
                return new KeyRows(highest, loaded.inFlight(), loaded.mined());
            }

            @Override
            public Optional<Standing> standing(Address key, long id) {
                return rows.standing(key, id);
            }

            @Override
            public List<Queued> queued(Address key, int limit, List<Long> except) {
                return rows.queued(key, limit, except);
            }

            @Override
            public void write(Address key, List<RowChange> changes) {
                rows.write(key, changes);
            }
        };
    }
}
