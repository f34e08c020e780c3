package io.carabiner.keystore;

import io.carabiner.database.StandbyReader;
import java.util.Optional;

/**
 * A ring that was unlocked before the database is held, so that a takeover does not wait for the derivation. Immutable;
 * shows nothing of what it holds.
 */
public final class UnlockedRing {

    private final String stored;
    private final KeystoreState state;

    private UnlockedRing(String stored, KeystoreState state) {
        this.stored = stored;
        this.state = state;
    }

    /**
     * Reads and unlocks the stored ring, if there is one.
     *
     * @throws KeystoreException as {@link Keystore#open}
     */
    public static Optional<UnlockedRing> ahead(StandbyReader reader, Password password) {
        return reader.read(KeystoreTables::ring)
                .map(stored -> new UnlockedRing(stored, Keystore.unlock(stored, password)));
    }

    String stored() {
        return stored;
    }

    KeystoreState state() {
        return state;
    }
}
