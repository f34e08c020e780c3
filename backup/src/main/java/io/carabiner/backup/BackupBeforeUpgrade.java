package io.carabiner.backup;

import io.carabiner.config.BackupMode;
import io.carabiner.database.BeforeMigration;
import io.carabiner.database.ProgramVersion;
import io.carabiner.database.TableState;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.BackupMessages;

/**
 * Makes a backup before the tables are changed. It has the name of the version that used them last, so that the
 * backups of the new version do not replace it. If it fails, the start ends and nothing has been changed.
 */
public final class BackupBeforeUpgrade implements BeforeMigration {

    /** For a database whose last user is not known, or the same version as this program. */
    private static final String BEFORE = "_before_upgrade";

    private final BackupPlan plan;
    private final TimeSource time;
    private final BackupMessages messages = new BackupMessages();

    /** By this plan. */
    public BackupBeforeUpgrade(BackupPlan plan, TimeSource time) {
        this.plan = plan;
        this.time = time;
    }

    @Override
    public void look(TableState tables) {
        if (tables.isEmpty() || tables.pending().isEmpty()) {
            return;
        }
        if (plan.mode() == BackupMode.NONE || !plan.onVersionUpgrade()) {
            messages.noneBeforeUpgrade(tables.pending().size());
            return;
        }
        String before = tables.usedBy().map(ProgramVersion::toString).orElse("unset");
        messages.beforeUpgrade(plan.program(), before);
        try {
            new DatabaseBackup(plan, time).make(before.equals(plan.program()) ? before + BEFORE : before);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackupException("BACKUP_FAILED", "Told to stop while the backup before the upgrade was made.", e);
        }
    }
}
