package io.carabiner.database;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The transactions of one simulated database: each happens whole or not at all, and the server may lose the answer.
 * Used by one thread.
 */
public final class SimulatedJournal {

    /** How a commit ends. */
    public enum Fate {
        /** Stored, and the process knows. */
        STORED,
        /** The process dies before it; nothing is stored. */
        DIES_BEFORE,
        /** The process dies after it; all is stored. */
        DIES_AFTER,
        /** The connection breaks before it; nothing is stored, and the process cannot know. */
        UNKNOWN_BEFORE,
        /** The connection breaks after it; all is stored, and the process cannot know. */
        UNKNOWN_AFTER
    }

    /** The process dies here. Nothing may catch it. */
    public static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        /** A death at this place. */
        public Death(String where) {
            super(where, null, false, false);
        }
    }

    /** The answer to a commit is lost. */
    public static final class AnswerLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AnswerLost() {
            super("the connection broke during a commit", null, false, false);
        }
    }

    private final Supplier<Fate> fates;
    private final List<Runnable> undo = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private boolean open;
    private long commits;

    /** @param fates asked at each commit */
    public SimulatedJournal(Supplier<Fate> fates) {
        this.fates = fates;
    }

    /** How many transactions were stored. */
    public long commits() {
        return commits;
    }

    /** Runs work in a transaction. If it throws, nothing is stored. */
    public void write(Runnable work) {
        if (open) {
            throw new IllegalStateException("a transaction in a transaction");
        }
        open = true;
        try {
            work.run();
            end(fates.get());
        } catch (RuntimeException | Error e) {
            rollBack();
            throw e;
        } finally {
            open = false;
        }
        List<Runnable> actions = List.copyOf(afterCommit);
        afterCommit.clear();
        actions.forEach(Runnable::run);
    }

    private void end(Fate fate) {
        switch (fate) {
            case STORED -> keep();
            case DIES_BEFORE -> throw new Death("before a commit");
            case UNKNOWN_BEFORE -> throw new AnswerLost();
            case DIES_AFTER -> {
                keep();
                throw new Death("after a commit");
            }
            case UNKNOWN_AFTER -> {
                keep();
                throw new AnswerLost();
            }
        }
    }

    private void keep() {
        undo.clear();
        commits++;
    }

    private void rollBack() {
        for (Runnable step : undo.reversed()) {
            step.run();
        }
        undo.clear();
        afterCommit.clear();
    }

    /** Runs this once the open transaction is stored and the process knows it. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    void onRollback(Runnable step) {
        if (!open) {
            throw new IllegalStateException("a row is written outside a transaction");
        }
        undo.add(step);
    }
}
