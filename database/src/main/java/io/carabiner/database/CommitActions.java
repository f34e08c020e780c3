package io.carabiner.database;

import io.carabiner.telemetry.DatabaseMessages;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** One open write transaction, and what is to be done once it is committed. */
record CommitActions(Handle sql, List<Runnable> actions) implements WriteTransaction {

    static CommitActions on(Handle handle) {
        return new CommitActions(handle, new ArrayList<>());
    }

    @Override
    public void afterCommit(Runnable action) {
        actions.add(action);
    }

    void runAll(DatabaseMessages messages) {
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException e) {
                messages.afterCommitFailed(e);
            }
        }
    }
}
