package io.carabiner.database;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the database needs to know. The names and defaults are those of the TOML section {@code Database}.
 *
 * @param url {@code postgresql://user:password@host:port/name?option=value}; never printed
 * @param applicationName shown in {@code pg_stat_activity}; cut to 63 characters
 * @param maxOpenConns the size of the pool, 1 or more
 * @param maxIdleConns how many of them stay open when idle
 * @param lockTimeout how long a statement waits for a row lock
 * @param idleInTransactionTimeout after how long the server ends a write transaction that does nothing; it also bounds
 *     how long a vanished holder can delay a takeover
 * @param lease how the one active process is chosen
 * @param migrate whether to bring the tables to this program's version after the lease is held
 * @param startWaitMax how long to wait for a server that is down at start; the node waits for ever
 */
public record DatabaseSettings(
        String url,
        String applicationName,
        int maxOpenConns,
        int maxIdleConns,
        Duration lockTimeout,
        Duration idleInTransactionTimeout,
        LeaseSettings lease,
        boolean migrate,
        Duration startWaitMax) {

    /** Wait for a server that is down for as long as it takes. */
    public static final Duration WAIT_FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    /**
     * How the one active process is chosen: the TOML section {@code Database.Lock}.
     *
     * @param enabled {@code Database.Lock.Enabled}; false takes the lease over at once from whoever holds it, and the
     *     fence stays
     * @param duration {@code Database.Lock.LeaseDuration}
     * @param refreshInterval {@code Database.Lock.LeaseRefreshInterval}, at most half of the duration
     * @param rootDir the node's data folder; with the machine it tells a restart of this node from another node
     */
    public record LeaseSettings(boolean enabled, Duration duration, Duration refreshInterval, Path rootDir) {

        /** Checks that at least two refreshes fit into the duration. */
        public LeaseSettings {
            if (refreshInterval.multipliedBy(2).compareTo(duration) > 0) {
                throw new IllegalArgumentException("LeaseRefreshInterval must be at most half of LeaseDuration");
            }
        }
    }

    /** The Go node's defaults for a URL. */
    public static DatabaseSettings of(String url, Path rootDir) {
        return new DatabaseSettings(
                url,
                "Carabiner",
                100,
                10,
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                new LeaseSettings(true, Duration.ofSeconds(10), Duration.ofSeconds(1), rootDir),
                true,
                WAIT_FOREVER);
    }

    /** The same with another waiting time for a server that is down at start. */
    public DatabaseSettings withStartWaitMax(Duration wait) {
        return new DatabaseSettings(
                url,
                applicationName,
                maxOpenConns,
                maxIdleConns,
                lockTimeout,
                idleInTransactionTimeout,
                lease,
                migrate,
                wait);
    }

    /** The same, bringing the tables to this program's version. */
    public DatabaseSettings migrating() {
        return new DatabaseSettings(
                url,
                applicationName,
                maxOpenConns,
                maxIdleConns,
                lockTimeout,
                idleInTransactionTimeout,
                lease,
                true,
                startWaitMax);
    }

    /** The same with another pool size. */
    public DatabaseSettings withPool(int open, int idle) {
        return new DatabaseSettings(
                url, applicationName, open, idle, lockTimeout, idleInTransactionTimeout, lease, migrate, startWaitMax);
    }

    /** The same with another lease. */
    public DatabaseSettings withLease(LeaseSettings other) {
        return new DatabaseSettings(
                url,
                applicationName,
                maxOpenConns,
                maxIdleConns,
                lockTimeout,
                idleInTransactionTimeout,
                other,
                migrate,
                startWaitMax);
    }

    /** Everything but the URL, which holds a password. */
    @Override
    public String toString() {
        return "DatabaseSettings[applicationName=" + applicationName + ", maxOpenConns=" + maxOpenConns + ", lease="
                + lease + "]";
    }
}
