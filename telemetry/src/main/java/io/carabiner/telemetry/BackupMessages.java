package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

import java.nio.file.Path;
import java.time.Duration;

/** What the node says about backups of its database. Thread-safe. */
public final class BackupMessages {

    private final OperatorLog log = OperatorLog.named("DatabaseBackup");

    /** A backup begins. */
    public void starting(String mode) {
        log.debug("BACKUP_STARTING", "Starting backup", field("mode", mode));
    }

    /** A backup is there under its name. */
    public void completed(Path file, long bytes, Duration took) {
        log.info(
                "BACKUP_COMPLETED",
                "Backup completed successfully.",
                field("duration", took),
                field("fileSize", bytes),
                field("filePath", file.toString()));
    }

    /** The tables will be changed: a backup is made first. */
    public void beforeUpgrade(String program, String database) {
        log.info(
                "BACKUP_BEFORE_UPGRADE",
                "Upgrade detected: application version " + program + " is newer than database version " + database
                        + ", taking automatic DB backup. To skip backups, set Database.Backup.Mode or"
                        + " Database.Backup.OnVersionUpgrade",
                field("appVersion", program),
                field("databaseVersion", database));
    }

    /** The tables will be changed, and the operator wants no backup. */
    public void noneBeforeUpgrade(int pending) {
        log.info(
                "BACKUP_NONE_BEFORE_UPGRADE",
                "The tables are about to be changed without a backup: Database.Backup switches it off",
                field("migrations", pending));
    }

    /** A periodic backup failed; the former one stays, and the next is tried in time. */
    public void failed(String reason) {
        log.critical("BACKUP_FAILED", "Backup failed; the former one stays as it is", field("err", reason));
    }
}
