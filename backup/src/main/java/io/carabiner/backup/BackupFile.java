package io.carabiner.backup;

import io.carabiner.database.Database;
import io.carabiner.database.DatabaseException;
import io.carabiner.database.DatabaseVisit;
import io.carabiner.database.LibpqEnvironment;
import io.carabiner.database.TableState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** A backup that was made: it can be checked, and restored into an empty database. */
public final class BackupFile {

    private final Path file;

    /**
     * A file.
     *
     * @throws BackupException {@code BACKUP_FILE} if it is not there
     */
    public BackupFile(Path file) {
        if (!Files.isReadable(file)) {
            throw new BackupException("BACKUP_FILE", file + " is not there or may not be read.");
        }
        this.file = file;
    }

    /** What a check has found. */
    public sealed interface Checked {

        /**
         * It was restored into a database made for that, and read there.
         *
         * @param rows how many each table has
         */
        record Restored(TableState tables, SortedMap<String, Long> rows) implements Checked {}

        /** It was read from beginning to end; a real restore was not possible, for this reason. */
        record ReadOnly(String reason) implements Checked {}
    }

    /**
     * Restores it into a database of its own on the same server, looks, and drops that database again. Where the user
     * may not create databases, the file is read from its beginning to its end instead.
     *
     * @param url a database on the server, as {@code Database.URL}; it is not changed
     * @param look sees the restored database's name before it is dropped
     */
    public Checked check(String url, Consumer<String> look) throws InterruptedException {
        String scratch = "carabiner_check_"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        try (DatabaseVisit server = DatabaseVisit.open(url)) {
            try {
                server.runAlone("CREATE DATABASE " + scratch);
            } catch (DatabaseException e) {
                run(Map.of(), "--file=/dev/null");
                return new Checked.ReadOnly(String.valueOf(e.getMessage()));
            }
            try {
                restoreInto(url, scratch);
                Checked found = read(url, scratch);
                look.accept(scratch);
                return found;
            } finally {
                server.runAlone("DROP DATABASE " + scratch);
            }
        }
    }

    private static Checked read(String url, String scratch) {
        try (DatabaseVisit restored = DatabaseVisit.open(url, scratch)) {
            return new Checked.Restored(restored.tables(), restored.read(BackupFile::rows));
        }
    }

    private static SortedMap<String, Long> rows(Handle sql) {
        SortedMap<String, Long> rows = new TreeMap<>();
        List<String> tables = sql.createQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'carabiner'")
                .mapTo(String.class)
                .list();
        for (String table : tables) {
            rows.put(
                    table,
                    sql.createQuery("SELECT count(*) FROM carabiner." + table)
                            .mapTo(Long.class)
                            .one());
        }
        return rows;
    }

    /**
     * Restores it in one transaction: all of it, or nothing.
     *
     * @throws BackupException {@code BACKUP_RESTORE_REFUSED} if the database has tables of the node already
     */
    public void restore(String url) throws InterruptedException {
        try (DatabaseVisit target = DatabaseVisit.open(url)) {
            boolean taken = target.read(sql -> sql.createQuery("SELECT to_regnamespace('carabiner') IS NOT NULL")
                    .mapTo(Boolean.class)
                    .one());
            if (taken) {
                throw new BackupException(
                        "BACKUP_RESTORE_REFUSED",
                        "The database " + LibpqEnvironment.shown(url) + " has a schema " + Database.SCHEMA
                                + " already: restore into a new database (CREATE DATABASE), and put its name into"
                                + " Database.URL. Nothing was changed.");
            }
        }
        restoreInto(url, LibpqEnvironment.databaseName(url));
    }

    private void restoreInto(String url, String database) throws InterruptedException {
        Map<String, String> environment = new HashMap<>(LibpqEnvironment.of(url));
        environment.put("PGDATABASE", database);
        run(
                environment,
                "--no-owner",
                "--no-privileges",
                "--single-transaction",
                "--exit-on-error",
                "--dbname=" + database);
    }

    private void run(Map<String, String> environment, String... options) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(file.toString());
        new PostgresProgram("pg_restore", environment).run(arguments);
    }
}
