package io.carabiner.backup;

import io.carabiner.config.BackupMode;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The section {@code Database.Backup}, and where the data comes from.
 *
 * @param url {@code Database.BackupURL} or {@code Database.URL}; never printed
 * @param folder made if absent, for its owner only
 * @param mode what is written
 * @param frequency between two backups of a running node; 0 for none
 * @param onVersionUpgrade whether one is made before the tables are changed
 * @param program this program's version
 */
public record BackupPlan(
        String url, Path folder, BackupMode mode, Duration frequency, boolean onVersionUpgrade, String program) {

    /** Everything but the URL, which holds a password. */
    @Override
    public String toString() {
        return "BackupPlan[folder=" + folder + ", mode=" + mode + ", frequency=" + frequency + "]";
    }
}
