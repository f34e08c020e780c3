package io.carabiner.database;

/**
 * Looks at the tables while the lease is held and before anything in them is changed: to refuse them, or to make a
 * backup. What it throws ends the start, and the tables stay as they are.
 */
@FunctionalInterface
public interface BeforeMigration {

    /** Does nothing. */
    BeforeMigration NOTHING = tables -> {};

    /** Called once at each start, also where no migration is pending. */
    void look(TableState tables);
}
