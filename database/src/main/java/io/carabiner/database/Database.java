package io.carabiner.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.DatabaseMessages;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The one gateway to PostgreSQL: reads, and writes that check the lease.
 *
 * <p>Opening it waits for the server, takes the lease and brings the tables to this program's version, in this order,
 * so that an open database always belongs to the one active process. Safe for use by many threads; calls block.
 *
 * <p>Every table lives in the schema {@value #SCHEMA} and is always written with it. Nothing depends on the state of a
 * session, so that pgbouncer in transaction mode may stand between.
 */
public final class Database implements AutoCloseable {

    /** The schema of all tables; SQL names it in front of each table. */
    public static final String SCHEMA = "carabiner";

    /** How often a transaction is tried again after a serialization failure, a deadlock or a lost connection. */
    public static final int RETRIES_MAX = 5;

    /** The pause before the first retry; it doubles each time. */
    private static final long RETRY_PAUSE_MILLIS = 10;

    private final DatabaseSettings settings;
    private final TimeSource time;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Lease lease;
    private final DatabaseMessages messages = new DatabaseMessages();
    private final ThreadLocal<Boolean> writing = ThreadLocal.withInitial(() -> false);

    private Database(DatabaseSettings settings, TimeSource time, HikariDataSource pool, Lease lease) {
        this.settings = settings;
        this.time = time;
        this.pool = pool;
        this.jdbi = Pool.jdbi(pool);
        this.lease = lease;
    }

    /**
     * Waits for the server and for the lease, migrates, and answers the open database.
     *
     * @param leaseLost told once, on a thread of its own, with the reason, when the lease is lost; the process must
     *     then stop. By that moment no write can succeed any more.
     * @throws DatabaseException when waiting cannot help: see its codes
     * @throws InterruptedException if the thread is told to stop while it waits
     */
    public static Database open(DatabaseSettings settings, TimeSource time, Consumer<String> leaseLost)
            throws InterruptedException {
        return open(settings, time, leaseLost, BeforeMigration.NOTHING);
    }

    /** The same, with a look at the tables before they are changed. */
    public static Database open(
            DatabaseSettings settings, TimeSource time, Consumer<String> leaseLost, BeforeMigration before)
            throws InterruptedException {
        return open(settings, time, leaseLost, reader -> {}, before);
    }

    /**
     * The same, making something ready meanwhile, and with a look at the tables before they are changed.
     *
     * @param leaseLost told once, on a thread of its own, with the reason, when the lease is lost; the process must
     *     then stop. By that moment no write can succeed any more.
     * @param preparation run once, on a thread of its own, as soon as the server answers, whoever holds the lease; it
     *     must not count on what it reads to stay, and may still run when the database is open
     * @throws DatabaseException when waiting cannot help: see its codes
     * @throws InterruptedException if the thread is told to stop while it waits
     */
    public static Database open(
            DatabaseSettings settings,
            TimeSource time,
            Consumer<String> leaseLost,
            Consumer<StandbyReader> preparation,
            BeforeMigration before)
            throws InterruptedException {
        DatabaseUrl url = DatabaseUrl.parse(settings.url());
        Duration answerTimeout = settings.lease().duration().dividedBy(3);
        LeaseConnection connection = new LeaseConnection(url, settings.applicationName(), answerTimeout);
        WarmPool warm = new WarmPool(settings, url, preparation);
        LeaseWait.Held held;
        try {
            held = new LeaseWait(settings, url, time, connection, warm::begin).untilHeld();
        } catch (InterruptedException | RuntimeException e) {
            warm.close();
            connection.drop();
            throw e;
        }
        Lease lease = new Lease(settings.lease(), time, connection, held, leaseLost);
        lease.start();
        return migrated(new Database(settings, time, warm.pool(), lease), before);
    }

    private static Database migrated(Database database, BeforeMigration before) {
        try {
            database.migrate(before);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** What is up to date is not touched. */
    private void migrate(BeforeMigration before) {
        Migrations migrations = new Migrations(pool);
        TableState tables = migrations.state();
        before.look(tables);
        if (tables.pending().isEmpty()) {
            messages.migrated(0);
        } else if (settings.migrate()) {
            messages.migrated(migrations.run());
        } else {
            throw new DatabaseException(
                    "DATABASE_MIGRATION",
                    tables.pending().size() + " migrations are pending and Database.MigrateOnStartup is false: run"
                            + " `carabiner node db migrate`, or set it to true.");
        }
    }

    /**
     * Reads in one transaction that cannot write, and answers what the function answers.
     *
     * @throws DatabaseException when the statement or the connection fails
     */
    public <T extends @Nullable Object> T read(Function<Handle, T> query) {
        return withRetries(() -> readOnce(query));
    }

    private <T extends @Nullable Object> T readOnce(Function<Handle, T> query) {
        try (Handle handle = jdbi.open()) {
            handle.setReadOnly(true);
            handle.begin();
            T result = query.apply(handle);
            handle.commit();
            return result;
        }
    }

    /**
     * Runs a function in one transaction (read committed), after checking that this process holds the lease, and
     * commits.
     *
     * <p>The function may be run again from the start, up to {@value #RETRIES_MAX} times, when the server
     * asks for it or the connection is lost; it must keep its effects in the transaction. When it throws, nothing is
     * stored and the exception passes through. Must not be called inside another write of the same thread.
     *
     * @throws FencedException when the lease is lost; nothing was stored
     * @throws DatabaseException {@code DATABASE_COMMIT_UNKNOWN} when the connection broke during the commit: the caller
     *     must look before it acts again
     */
    public <T extends @Nullable Object> T write(Function<WriteTransaction, T> work) {
        if (writing.get()) {
            throw new IllegalStateException("a write inside a write of the same thread");
        }
        writing.set(true);
        try {
            return withRetries(() -> writeOnce(work));
        } finally {
            writing.remove();
        }
    }

    /** As {@link #write}, for work that answers nothing. */
    public void execute(Consumer<WriteTransaction> work) {
        write(transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    /** A lost connection is tried again too: until a commit is sent, what it lost was rolled back. */
    private <T extends @Nullable Object> T withRetries(Supplier<T> transaction) {
        for (int retries = 0; ; retries++) {
            try {
                return transaction.get();
            } catch (JdbiException e) {
                SQLException sql = SqlStates.find(e);
                if (sql == null || !SqlStates.worthARetry(sql) || retries >= RETRIES_MAX || pool.isClosed()) {
                    throw translated(e);
                }
                messages.transactionRetried(SqlStates.state(sql), retries + 1);
                pause(RETRY_PAUSE_MILLIS << retries);
            }
        }
    }

    private <T extends @Nullable Object> T writeOnce(Function<WriteTransaction, T> work) {
        lease.check();
        CommitActions transaction;
        T result;
        try (Handle handle = jdbi.open()) {
            handle.begin();
            checkFence(handle);
            transaction = CommitActions.on(handle);
            result = work.apply(transaction);
            commit(handle);
        }
        transaction.runAll(messages);
        return result;
    }

    /**
     * The writers' side of the fence: the row stays locked against a takeover until the transaction ends, and the
     * transaction is marked, so that a takeover can end it if its process is frozen.
     */
    private void checkFence(Handle handle) {
        boolean holds = handle.createQuery("""
                        SELECT set_config('lock_timeout', :lockTimeout, true),
                            set_config('idle_in_transaction_session_timeout', :idleTimeout, true),
                            pg_try_advisory_xact_lock_shared(:markKey, :markEpoch)
                        FROM carabiner.lease WHERE epoch = :epoch AND holder = :holder FOR KEY SHARE""")
                .bind("lockTimeout", settings.lockTimeout().toMillis() + "ms")
                .bind("idleTimeout", settings.idleInTransactionTimeout().toMillis() + "ms")
                .bind("markKey", EpochMark.KEY)
                .bind("markEpoch", EpochMark.key(lease.epoch()))
                .bind("epoch", lease.epoch())
                .bind("holder", lease.self().client())
                .mapTo(String.class)
                .findFirst()
                .isPresent();
        if (!holds) {
            throw lease.fenced();
        }
    }

    private static void commit(Handle handle) {
        try {
            handle.commit();
        } catch (JdbiException e) {
            SQLException sql = SqlStates.find(e);
            if (sql != null && SqlStates.connectionLost(sql)) {
                throw new DatabaseException(
                        "DATABASE_COMMIT_UNKNOWN",
                        "The connection to the database broke during a commit: whether it was stored shows at the next"
                                + " look.",
                        e);
            }
            throw e;
        }
    }

    private DatabaseException translated(JdbiException e) {
        SQLException sql = SqlStates.find(e);
        if (sql == null) {
            return new DatabaseException("DATABASE_STATEMENT", "A statement failed: " + e.getMessage(), e);
        }
        if (SqlStates.readOnlyServer(sql)) {
            HikariPoolMXBean control = pool.getHikariPoolMXBean();
            control.softEvictConnections();
        }
        if (pool.isClosed()) {
            return new DatabaseException("DATABASE_CLOSED", "The database has been closed: the node is stopping.", e);
        }
        if (SqlStates.noFreeConnection(sql)) {
            return new DatabaseException(
                    "DATABASE_BUSY",
                    "All " + settings.maxOpenConns()
                            + " connections were busy for too long: raise Database.MaxOpenConns.",
                    e);
        }
        String code = SqlStates.connectionLost(sql) ? "DATABASE_UNREACHABLE" : "DATABASE_STATEMENT";
        return new DatabaseException(code, sql.getMessage() + " (SQLSTATE " + SqlStates.state(sql) + ")", e);
    }

    private void pause(long millis) {
        try {
            time.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("DATABASE_CLOSED", "Told to stop while waiting to try a transaction again.", e);
        }
    }

    /** The epoch under which this process writes; it grows with each holder. */
    public long epoch() {
        return lease.epoch();
    }

    /** Names this process in the lease; new at every start. */
    public String clientId() {
        return lease.self().client().toString();
    }

    /** Whether this process may still write. */
    public boolean leaseHeld() {
        return lease.held();
    }

    /** The pool's state now. */
    public PoolStats stats() {
        HikariPoolMXBean control = pool.getHikariPoolMXBean();
        return new PoolStats(
                settings.maxOpenConns(),
                control.getTotalConnections(),
                control.getActiveConnections(),
                control.getThreadsAwaitingConnection());
    }

    /** Gives the lease back, so that another process can start at once, and closes all connections. */
    @Override
    public void close() {
        pool.close();
        lease.close();
    }
}
