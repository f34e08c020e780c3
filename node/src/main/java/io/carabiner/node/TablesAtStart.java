package io.carabiner.node;

import io.carabiner.backup.BackupBeforeUpgrade;
import io.carabiner.backup.BackupPlan;
import io.carabiner.cli.BuildInfo;
import io.carabiner.config.DatabaseConfig;
import io.carabiner.config.NodeConfig;
import io.carabiner.config.Secret;
import io.carabiner.database.BeforeMigration;
import io.carabiner.database.Database;
import io.carabiner.database.ProgramVersion;
import io.carabiner.database.TableState;
import io.carabiner.primitives.TimeSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a start does with the tables before it changes them: refuses those that are too new for this program, and makes
 * a backup where migrations are pending.
 *
 * @param version this program's; empty if it has none or the operator wants no check
 */
record TablesAtStart(BackupPlan backups, Optional<ProgramVersion> version, TimeSource time) implements BeforeMigration {

    private static final String SKIP_CHECK = "CL_SKIP_APP_VERSION_CHECK";

    static TablesAtStart of(NodeConfig config, Map<String, String> environment, BuildInfo build, TimeSource time) {
        boolean skipped = "true".equals(environment.get(SKIP_CHECK));
        return new TablesAtStart(
                plan(config, build), skipped ? Optional.empty() : ProgramVersion.parse(build.version()), time);
    }

    /** The backups that the configuration asks for. */
    static BackupPlan plan(NodeConfig config, BuildInfo build) {
        DatabaseConfig.Backup backup = config.database().backup();
        Secret source =
                config.secrets().database().backupUrl().orElse(config.secrets().databaseUrl());
        return new BackupPlan(
                source.reveal(),
                backup.dir()
                        .filter(dir -> !dir.isEmpty())
                        .map(Path::of)
                        .orElse(config.rootDir().resolve("backup")),
                backup.mode(),
                backup.frequency(),
                backup.onVersionUpgrade(),
                build.version());
    }

    @Override
    public void look(TableState tables) {
        version.ifPresent(own -> own.checkFor(tables));
        new BackupBeforeUpgrade(backups, time).look(tables);
    }

    /** Notes that this program uses them now. */
    void claim(Database database) {
        version.ifPresent(own -> own.claim(database, ProgramVersion.OLDEST_BESIDE));
    }
}
