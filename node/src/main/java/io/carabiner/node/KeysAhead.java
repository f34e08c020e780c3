package io.carabiner.node;

import io.carabiner.database.StandbyReader;
import io.carabiner.keystore.Password;
import io.carabiner.keystore.UnlockedRing;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Unlocks the keys while the node waits for its lease or brings its tables up to date. Thread-safe. */
final class KeysAhead {

    private final Password password;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile Optional<UnlockedRing> ring = Optional.empty();

    KeysAhead(Password password) {
        this.password = password;
    }

    /** What fails here fails again when the keystore is opened, and is told then. */
    void prepare(StandbyReader reader) {
        try {
            ring = UnlockedRing.ahead(reader, password);
        } finally {
            done.countDown();
        }
    }

    /** The ring, once {@link #prepare} has ended; nothing if it found none. */
    Optional<UnlockedRing> await() throws InterruptedException {
        done.await();
        return ring;
    }
}
