package io.carabiner.config;

import java.time.Duration;
import java.util.Optional;

/** Section {@code Database}. Components carry the names of the TOML keys (docs/configuration.md). Immutable. */
public record DatabaseConfig(
        Duration defaultIdleInTxSessionTimeout,
        Duration defaultLockTimeout,
        Duration defaultQueryTimeout,
        boolean logQueries,
        int maxIdleConns,
        int maxOpenConns,
        boolean migrateOnStartup,
        Backup backup,
        Lock lock) {

    /** Section {@code Database.Backup}. */
    public record Backup(Optional<String> dir, Duration frequency, BackupMode mode, boolean onVersionUpgrade) {}

    /** Section {@code Database.Lock}: the lease that lets one node only work on the database. */
    public record Lock(boolean enabled, Duration leaseDuration, Duration leaseRefreshInterval) {}
}
