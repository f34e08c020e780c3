package io.carabiner.simulation;

import io.carabiner.database.WriteTransaction;
import org.jdbi.v3.core.Handle;

/** The transaction that is open in the simulated database: there is no SQL in it. */
enum NoSql implements WriteTransaction {
    TRANSACTION;

    @Override
    public Handle sql() {
        throw new IllegalStateException("there is no SQL in a simulated database");
    }

    @Override
    public void afterCommit(Runnable action) {
        throw new IllegalStateException("simulated subscribers use the journal");
    }
}
