package io.carabiner.node;

import io.carabiner.cli.BuildInfo;
import io.carabiner.config.DatabaseConfig;
import io.carabiner.config.LogConfig;
import io.carabiner.config.NodeConfig;
import io.carabiner.database.BeforeMigration;
import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.keystore.Keystore;
import io.carabiner.keystore.Password;
import io.carabiner.keystore.ScryptCost;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.HealthChecks;
import io.carabiner.telemetry.LogLevel;
import io.carabiner.telemetry.Logging;
import io.carabiner.telemetry.Metrics;
import io.carabiner.telemetry.ProcessMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Consumer;

/** What every other part of a node stands on: the log, the metrics, the database with its lease, the unlocked keys. */
record Foundation(
        NodeConfig config,
        TimeSource time,
        Metrics metrics,
        HealthChecks health,
        Logging logging,
        Database database,
        Keystore keystore) {

    /** Less than this is the Go node's way to switch the log file off: {@code Log.File.MaxSize}. */
    private static final long LOG_FILE_SIZE_MIN_BYTES = 1_000_000;

    /** The log and the metrics alone, so that whatever happens next can be told. */
    record Voice(Metrics metrics, HealthChecks health, Logging logging) {

        static Voice of(NodeConfig config, StartOptions options, BuildInfo build, TimeSource time) {
            Metrics metrics = new Metrics();
            HealthChecks health = new HealthChecks();
            health.exportTo(metrics);
            ProcessMetrics.register(metrics, time, build.version(), build.commit());
            Logging.Settings settings = logSettings(config, options, build);
            Logging logging = options.logInto()
                    .map(file -> Logging.configureInto(file, settings, metrics))
                    .orElseGet(() -> Logging.configure(settings, metrics));
            return new Voice(metrics, health, logging);
        }
    }

    /**
     * Waits for the database and its lease, migrates, and unlocks the keys.
     *
     * @param leaseLost told when another node has taken over; this one must stop
     * @param before looks at the tables before they are changed
     */
    static Foundation open(
            NodeConfig config,
            Voice voice,
            TimeSource time,
            ClosingStack closing,
            Consumer<String> leaseLost,
            BeforeMigration before)
            throws InterruptedException {
        Password password = Password.of(config.secrets().keystorePassword().reveal());
        KeysAhead keys = new KeysAhead(password);
        Database database = closing.push(
                "the database", Database.open(databaseSettings(config), time, leaseLost, keys::prepare, before));
        ScryptCost cost = config.insecureFastScrypt() ? ScryptCost.FAST : ScryptCost.STANDARD;
        Keystore keystore = Keystore.open(database, password, cost, time, keys.await());
        return new Foundation(config, time, voice.metrics(), voice.health(), voice.logging(), database, keystore);
    }

    /** Makes the node's folder if it is not there, for its owner only. */
    static void makeRootDir(Path rootDir) {
        try {
            if (!Files.isDirectory(rootDir)) {
                Files.createDirectories(
                        rootDir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How the configuration wants the database opened. */
    static DatabaseSettings databaseSettings(NodeConfig config) {
        DatabaseConfig database = config.database();
        DatabaseSettings defaults =
                DatabaseSettings.of(config.secrets().databaseUrl().reveal(), config.rootDir());
        return new DatabaseSettings(
                defaults.url(),
                defaults.applicationName(),
                database.maxOpenConns(),
                database.maxIdleConns(),
                database.defaultLockTimeout(),
                database.defaultIdleInTxSessionTimeout(),
                new DatabaseSettings.LeaseSettings(
                        database.lock().enabled(),
                        database.lock().leaseDuration(),
                        database.lock().leaseRefreshInterval(),
                        config.rootDir()),
                database.migrateOnStartup(),
                defaults.startWaitMax());
    }

    private static Logging.Settings logSettings(NodeConfig config, StartOptions options, BuildInfo build) {
        LogConfig log = config.log();
        LogLevel level =
                options.debug() ? LogLevel.DEBUG : LogLevel.valueOf(log.level().name());
        return new Logging.Settings(
                level,
                log.jsonConsole(),
                log.unixTs(),
                Logging.errorOutputIsTerminal(),
                ThisBuild.shortForm(build),
                logFile(config));
    }

    private static Optional<Logging.LogFile> logFile(NodeConfig config) {
        LogConfig.File file = config.log().file();
        if (file.maxSize().bytes() < LOG_FILE_SIZE_MIN_BYTES) {
            return Optional.empty();
        }
        Path directory = file.dir().filter(dir -> !dir.isEmpty()).map(Path::of).orElse(config.rootDir());
        return Optional.of(
                new Logging.LogFile(directory, file.maxSize().bytes(), file.maxAgeDays(), file.maxBackups()));
    }
}
