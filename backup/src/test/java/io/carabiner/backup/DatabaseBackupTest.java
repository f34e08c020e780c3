package io.carabiner.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.config.BackupMode;
import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.database.ProgramVersion;
import io.carabiner.database.TableState;
import io.carabiner.database.TableState.Migration;
import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a real database with PostgreSQL's real programs, and with programs that behave badly. */
class DatabaseBackupTest {

    @TempDir
    static Path root;

    private static TestDatabase source;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeTables() throws InterruptedException {
        source = TestDatabase.create();
        Database.open(DatabaseSettings.of(source.url(), root), TimeSource.system(), reason -> {})
                .close();
        source.execute("""
                CREATE TABLE carabiner.runs (id int); CREATE TABLE carabiner.task_runs (id int);
                CREATE TABLE carabiner.txes (id int); CREATE TABLE public.of_another_program (id int);
                INSERT INTO carabiner.runs VALUES (1); INSERT INTO carabiner.task_runs VALUES (1);
                INSERT INTO carabiner.txes VALUES (1)""");
    }

    @AfterAll
    static void drop() {
        source.close();
    }

    @Test
    void aFullBackup_isRestored_withAllRows_andNothingOfOtherPrograms() throws Exception {
        Path file = backup(BackupMode.FULL).make("0.1.0");

        assertThat(file).hasFileName("cl_backup_0.1.0.dump");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (TestDatabase target = TestDatabase.create()) {
            new BackupFile(file).restore(target.url());
            assertThat(target.query("SELECT count(*) FROM carabiner.runs")).isEqualTo("1");
            assertThat(target.query("SELECT to_regclass('public.of_another_program')"))
                    .isEqualTo("null");
            assertThatThrownBy(() -> new BackupFile(file).restore(target.url()))
                    .hasMessageContaining("has a schema carabiner already")
                    .hasMessageEndingWith("Nothing was changed.");
        }
    }

    @Test
    void aLiteBackup_leavesOutTheRuns_andNothingElse() throws Exception {
        BackupFile.Checked checked =
                new BackupFile(backup(BackupMode.LITE).make("0.1.0")).check(source.url(), scratch -> {});

        assertThat(checked).isInstanceOfSatisfying(BackupFile.Checked.Restored.class, restored -> {
            assertThat(restored.rows()).containsEntry("runs", 0L).containsEntry("task_runs", 0L);
            assertThat(restored.rows()).containsEntry("txes", 1L).containsEntry("lease", 1L);
            assertThat(restored.tables().version()).isGreaterThanOrEqualTo(41);
        });
        assertThat(source.query("SELECT count(*) FROM pg_database WHERE datname LIKE 'carabiner_check_%'"))
                .isEqualTo("0");
    }

    @Test
    void aUserWhoMayNotCreateDatabases_isToldThatTheFileWasOnlyRead() throws Exception {
        Path file = backup(BackupMode.FULL).make("0.1.0");
        source.execute("DROP ROLE IF EXISTS plain; CREATE ROLE plain LOGIN PASSWORD 'sixteen-characters-or-more'");
        String plain = source.url().replaceFirst("//[^@]*@", "//plain:sixteen-characters-or-more@");

        BackupFile.Checked checked = new BackupFile(file).check(plain, scratch -> {});

        source.execute("DROP ROLE plain");
        assertThat(checked).isInstanceOfSatisfying(BackupFile.Checked.ReadOnly.class, read -> assertThat(read.reason())
                .contains("permission denied to create database"));
    }

    @Test
    void aFileThatIsCutOff_isFound() throws Exception {
        Path file = backup(BackupMode.FULL).make("0.1.0");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - whole.length / 3));

        assertThatThrownBy(() -> new BackupFile(file).check(source.url(), scratch -> {}))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("pg_restore failed");
        assertThat(source.query("SELECT count(*) FROM pg_database WHERE datname LIKE 'carabiner_check_%'"))
                .isEqualTo("0");
    }

    @Test
    void theSameVersionIsReplaced_anotherNever_andAFailureLeavesBoth() throws Exception {
        Path older = backup(BackupMode.FULL).make("0.1.0");
        byte[] content = Files.readAllBytes(older);
        Path newer = backup(BackupMode.FULL).make("0.2.0");
        Files.writeString(newer, "is replaced");
        backup(BackupMode.FULL).make("0.2.0");

        assertThatThrownBy(() -> backup(script("echo 'pg_dump: error: No space left on device' >&2; exit 1"))
                        .make("0.2.0"))
                .hasMessage(program() + " failed: pg_dump: error: No space left on device");

        assertThat(older).hasBinaryContent(content);
        assertThat(Files.size(newer)).isGreaterThan("is replaced".length());
        try (Stream<Path> files = Files.list(folder.resolve("backup"))) {
            assertThat(files).containsExactlyInAnyOrder(older, newer);
        }
    }

    @Test
    void thePassword_standsInTheEnvironment_andInNoArgument() throws Exception {
        String password = URI.create(source.url()).getUserInfo().split(":", 2)[1];
        Path said = folder.resolve("said");

        backup(script("echo \"$*\" >" + said + "; env | sort >>" + said)).make("0.1.0");

        List<String> lines = Files.readAllLines(said);
        assertThat(lines.getFirst()).contains("--schema=carabiner").doesNotContain(password);
        assertThat(lines).contains("PGPASSWORD=" + password, "PGSSLMODE=disable");
    }

    @Test
    void aMissingOrOldProgram_isToldWithTheWayOut() throws IOException {
        assertThatThrownBy(() -> backup("/nowhere/pg_dump").make("0.1.0"))
                .hasMessage("/nowhere/pg_dump cannot be started: install PostgreSQL's client programs (Debian: apt-get"
                        + " install postgresql-client) and have them on PATH.");
        String old = script("echo 'pg_dump: error: aborting because of server version mismatch' >&2;"
                + " echo 'pg_dump: detail: server version: 17.2; pg_dump version: 15.14' >&2; exit 1");
        assertThatThrownBy(() -> backup(old).make("0.1.0"))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.code()).isEqualTo("BACKUP_PROGRAM_TOO_OLD"))
                .hasMessageContaining("install PostgreSQL's client programs of the server's version or newer")
                .hasMessageContaining("server version: 17.2; pg_dump version: 15.14");
    }

    @Test
    void aFolderThatCannotBeMade_isToldWithTheWayOut() throws IOException {
        Files.writeString(folder.resolve("backup"), "a file");
        assertThatThrownBy(() -> backup(BackupMode.FULL).make("0.1.0"))
                .hasMessageContaining("set Database.Backup.Dir to a folder of this user");
    }

    @Test
    void beforeAnUpgrade_theBackupHasTheOldVersionsName() throws IOException {
        look(BackupMode.FULL, Optional.of("0.0.9"), 2);
        look(BackupMode.FULL, Optional.of("0.1.0"), 1);
        assertThat(names()).containsExactlyInAnyOrder("cl_backup_0.0.9.dump", "cl_backup_0.1.0_before_upgrade.dump");
    }

    @Test
    void withoutMigrationsOrMode_orOnAnEmptyDatabase_noneIsMade() throws IOException {
        look(BackupMode.FULL, Optional.of("0.1.0"), 0);
        look(BackupMode.NONE, Optional.of("0.0.9"), 2);
        new BackupBeforeUpgrade(plan(BackupMode.FULL), TimeSource.system())
                .look(new TableState(
                        Optional.empty(), Optional.empty(), List.of(), List.of(new Migration(1, "V1__one.sql", ""))));
        assertThat(names()).isEmpty();
    }

    private void look(BackupMode mode, Optional<String> usedBy, int pending) {
        List<Migration> todo = Stream.iterate(2, number -> number + 1)
                .limit(pending)
                .map(number -> new Migration(number, "V" + number + "__more.sql", ""))
                .toList();
        new BackupBeforeUpgrade(plan(mode), TimeSource.system())
                .look(new TableState(
                        usedBy.flatMap(ProgramVersion::parse),
                        Optional.empty(),
                        List.of(new Migration(1, "V1__one.sql", "2026-01-01T00:00:00Z")),
                        todo));
    }

    private List<String> names() throws IOException {
        if (!Files.exists(folder.resolve("backup"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve("backup"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private BackupPlan plan(BackupMode mode) {
        return new BackupPlan(source.url(), folder.resolve("backup"), mode, Duration.ZERO, true, "0.1.0");
    }

    private DatabaseBackup backup(BackupMode mode) {
        return new DatabaseBackup(plan(mode), TimeSource.system());
    }

    private DatabaseBackup backup(String program) {
        return new DatabaseBackup(plan(BackupMode.FULL), TimeSource.system(), program);
    }

    private String program() {
        return folder.resolve("pg_dump").toString();
    }

    private String script(String body) throws IOException {
        Path program = Path.of(program());
        Files.writeString(program, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program.toString();
    }
}
