package io.carabiner.database;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Reads for a process that does not hold the lease yet: what it finds may be changed by the holder at any time, and the
 * tables may be another version's. Thread-safe.
 */
public final class StandbyReader {

    private final Jdbi jdbi;

    StandbyReader(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Reads in one transaction that cannot write.
     *
     * @throws org.jdbi.v3.core.JdbiException when it fails, as on tables that are not there yet
     */
    public <T extends @Nullable Object> T read(Function<Handle, T> query) {
        try (Handle handle = jdbi.open()) {
            handle.setReadOnly(true);
            handle.begin();
            T result = query.apply(handle);
            handle.commit();
            return result;
        }
    }
}
