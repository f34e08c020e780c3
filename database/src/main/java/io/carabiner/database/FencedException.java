package io.carabiner.database;

/**
 * This process does not hold the lease any more: nothing of the transaction was stored, and nothing will be until the
 * process is started again.
 */
public final class FencedException extends DatabaseException {

    private static final long serialVersionUID = 1L;

    FencedException(String reason) {
        super("DATABASE_FENCED", reason);
    }
}
