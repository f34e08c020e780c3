package io.carabiner.database;

import io.carabiner.primitives.TimeSource;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The one gateway to PostgreSQL: reads, and writes that check the lease.
 *
 * <p>Opening it waits for the server, takes the lease and brings the tables to this program's version, in this order,
 * so that an open database always belongs to the one active process. Safe for use by many threads; calls block.
 *
 * <p>Every table lives in the schema {@value #SCHEMA} and is always written with it. Nothing depends on the state of a
 * session, so that pgbouncer in transaction mode may stand between.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Database implements AutoCloseable {

    /** The schema of all tables; SQL names it in front of each table. */
    public static final String SCHEMA = "carabiner";

    /** How often a transaction is tried again after a serialization failure or a deadlock. */
    public static final int SERIALIZATION_RETRIES_MAX = 5;

    private Database() {}

    /**
     * Waits for the server and for the lease, migrates, and answers the open database.
     *
     * @param leaseLost told once, on the lease's own thread, with the reason, when the lease is lost; the process must
     *     then stop. By that moment no write can succeed any more.
     * @throws DatabaseException when waiting cannot help: see its codes
     * @throws InterruptedException if the thread is told to stop while it waits
     */
    public static Database open(DatabaseSettings settings, TimeSource time, Consumer<String> leaseLost)
            throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads in one transaction that cannot write, and answers what the function answers.
     *
     * @throws DatabaseException when the statement or the connection fails
     */
    public <T> T read(Function<Handle, T> query) {
        throw new UnsupportedOperationException();
    }

    /**
     * Runs a function in one transaction (read committed), after checking that this process holds the lease, and commits.
     *
     * <p>The function may be run again from the start, up to {@value #SERIALIZATION_RETRIES_MAX} times, when the server
     * asks for it; it must keep its effects in the transaction. When it throws, nothing is stored and the exception
     * passes through. Must not be called inside another write of the same thread.
     *
     * @throws FencedException when the lease is lost; nothing was stored
     * @throws DatabaseException {@code DATABASE_COMMIT_UNKNOWN} when the connection broke during the commit: the caller
     *     must look before it acts again
     */
    public <T> T write(Function<WriteTransaction, T> work) {
        throw new UnsupportedOperationException();
    }

    /** As {@link #write}, for work that answers nothing. */
    public void execute(Consumer<WriteTransaction> work) {
        throw new UnsupportedOperationException();
    }

    /** The epoch under which this process writes; it grows with each holder. */
    public long epoch() {
        throw new UnsupportedOperationException();
    }

    /** Whether this process may still write. */
    public boolean leaseHeld() {
        throw new UnsupportedOperationException();
    }

    /** Gives the lease back, so that another process can start at once, and closes all connections. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
