package io.carabiner.backup;

import io.carabiner.config.BackupMode;
import io.carabiner.database.Database;
import io.carabiner.database.LibpqEnvironment;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.BackupMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes backups with {@code pg_dump}, in its custom format: {@code cl_backup_<version>.dump} (Go node 2.15,
 * core/services/periodicbackup). A file appears under its name when it is whole; until then the former one of the same
 * version stays. A backup of another version is never touched. Thread-safe.
 */
public final class DatabaseBackup {

    private static final String DRAFT_PREFIX = "cl_backup_tmp_";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** What {@code lite} leaves out, as the Go node does: what is read about runs that are over. */
    private static final List<String> LITE = List.of("runs", "task_runs");

    private final BackupPlan plan;
    private final TimeSource time;
    private final String program;
    private final BackupMessages messages = new BackupMessages();

    /** Backups by this plan. */
    public DatabaseBackup(BackupPlan plan, TimeSource time) {
        this(plan, time, "pg_dump");
    }

    DatabaseBackup(BackupPlan plan, TimeSource time, String program) {
        this.plan = plan;
        this.time = time;
        this.program = program;
    }

    /** The name of a version's backup. */
    public static String fileName(String version) {
        return "cl_backup_" + version + ".dump";
    }

    /**
     * Makes one now.
     *
     * @param version whose tables it holds: a part of the file's name
     * @return the file
     * @throws BackupException with what to do; no file was changed
     * @throws InterruptedException when told to stop; no file was changed
     */
    public Path make(String version) throws InterruptedException {
        messages.starting(plan.mode().toString());
        long start = time.monotonicNanos();
        try {
            Path draft = draft();
            try {
                new PostgresProgram(program, LibpqEnvironment.of(plan.url())).run(arguments(draft));
                Path file = plan.folder().resolve(fileName(version));
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                messages.completed(file, Files.size(file), Duration.ofNanos(time.monotonicNanos() - start));
                return file;
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new BackupException(
                    "BACKUP_FAILED",
                    "The backup folder " + plan.folder() + " cannot be written (" + e
                            + "): make room or set Database.Backup.Dir to a folder of this user.",
                    e);
        }
    }

    private Path draft() throws IOException {
        if (!Files.isDirectory(plan.folder())) {
            Files.createDirectories(plan.folder(), OWNERS_FOLDER);
        }
        return Files.createTempFile(plan.folder(), DRAFT_PREFIX, ".dump", OWNER_ONLY);
    }

    /** The node's own tables: a database may be shared with other programs. */
    private List<String> arguments(Path draft) {
        List<String> arguments =
                new ArrayList<>(List.of("--format=custom", "--schema=" + Database.SCHEMA, "--file=" + draft));
        if (plan.mode() == BackupMode.LITE) {
            LITE.forEach(table -> arguments.add("--exclude-table-data=" + Database.SCHEMA + "." + table));
        }
        return arguments;
    }
}
