package io.carabiner.database;

import com.zaxxer.hikari.HikariDataSource;
import io.carabiner.telemetry.DatabaseMessages;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a process makes ready while it waits for the lease: the pool, and what its caller reads and works out from it,
 * on a thread of its own. Nothing depends on it but the time that a takeover takes. Thread-safe.
 */
final class WarmPool implements AutoCloseable {

    private final DatabaseSettings settings;
    private final DatabaseUrl url;
    private final Consumer<StandbyReader> preparation;
    private final DatabaseMessages messages = new DatabaseMessages();
    private final AtomicBoolean begun = new AtomicBoolean();
    private @Nullable HikariDataSource pool;

    WarmPool(DatabaseSettings settings, DatabaseUrl url, Consumer<StandbyReader> preparation) {
        this.settings = settings;
        this.url = url;
        this.preparation = preparation;
    }

    /** Begins to make ready, the first time it is called: when the server is there. */
    void begin() {
        if (begun.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("database-prepare").start(this::prepare);
        }
    }

    private void prepare() {
        try {
            preparation.accept(new StandbyReader(Pool.jdbi(pool())));
        } catch (RuntimeException e) {
            messages.preparationFailed(String.valueOf(e.getMessage()));
        }
    }

    /** The pool; opened by the first who asks. */
    synchronized HikariDataSource pool() {
        HikariDataSource open = pool;
        if (open == null) {
            open = Pool.open(settings, url);
            pool = open;
        }
        return open;
    }

    /** Closes the pool, for a process that will not get the lease. */
    @Override
    public synchronized void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
