package io.carabiner.database;

import java.util.List;
import java.util.Optional;

/**
 * The tables as a program finds them, before it changes anything.
 *
 * @param usedBy the program that used them last; absent before the first start
 * @param oldest the oldest program that may still use them; absent before the first start
 * @param applied migrations that were run, in the order of their numbers
 * @param pending migrations of this program that were not
 */
public record TableState(
        Optional<ProgramVersion> usedBy,
        Optional<ProgramVersion> oldest,
        List<Migration> applied,
        List<Migration> pending) {

    /**
     * One file of SQL.
     *
     * @param version its number
     * @param script its name, such as {@code V4__txm_transactions.sql}
     * @param appliedAt when it was run; empty if it was not
     */
    public record Migration(int version, String script, String appliedAt) {}

    /** Copies the lists. */
    public TableState {
        applied = List.copyOf(applied);
        pending = List.copyOf(pending);
    }

    /** Whether no program has ever made its tables here. */
    public boolean isEmpty() {
        return applied.isEmpty();
    }

    /** The highest number of what was run; 0 for empty tables. */
    public int version() {
        return applied.stream().mapToInt(Migration::version).max().orElse(0);
    }
}
