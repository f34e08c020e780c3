package io.carabiner.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One of PostgreSQL's programs, found on {@code PATH}. It learns where the database is from its environment, so that no
 * password stands among its arguments, and it never asks for one.
 *
 * @param name {@code pg_dump} or {@code pg_restore}
 * @param environment as {@link io.carabiner.database.LibpqEnvironment} makes it
 */
record PostgresProgram(String name, Map<String, String> environment) {

    /** The longest a dump or restore may take. */
    static final Duration TAKES_MAX = Duration.ofHours(6);

    private static final int COMPLAINT_BYTES_MAX = 65_536;
    private static final Pattern TOO_OLD = Pattern.compile("server version mismatch|unsupported version \\(.*header");

    /**
     * Runs it to its end; stops it when the thread is interrupted.
     *
     * @throws BackupException with its own words where it fails
     * @throws InterruptedException when told to stop; the program has been ended
     */
    void run(List<String> arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(name, "--no-password"));
        command.addAll(arguments);
        Process process = start(command);
        try {
            String complaint = complaint(process);
            if (!process.waitFor(TAKES_MAX.toSeconds(), TimeUnit.SECONDS)) {
                throw new BackupException("BACKUP_FAILED", name + " was stopped: it took more than " + TAKES_MAX);
            }
            if (process.exitValue() != 0) {
                throw fault(complaint);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PG"));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new BackupException(
                    "BACKUP_PROGRAM_MISSING",
                    name + " cannot be started: install PostgreSQL's client programs (Debian: apt-get install"
                            + " postgresql-client) and have them on PATH.",
                    e);
        }
    }

    /** Reads on a thread of its own, so that an interrupt reaches the one who waits. */
    private static String complaint(Process process) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        Thread reader = Thread.ofVirtual().start(() -> {
            try (InputStream err = process.getErrorStream()) {
                text.append(new String(err.readNBytes(COMPLAINT_BYTES_MAX), StandardCharsets.UTF_8));
                err.transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException e) {
                text.append(e.getMessage());
            }
        });
        reader.join();
        return text.toString();
    }

    private BackupException fault(String complaint) {
        if (TOO_OLD.matcher(complaint).find()) {
            return new BackupException(
                    "BACKUP_PROGRAM_TOO_OLD",
                    name + " is older than the database server or the file: install PostgreSQL's client programs of the"
                            + " server's version or newer and have them first on PATH (" + inOneLine(complaint) + ").");
        }
        return new BackupException("BACKUP_FAILED", name + " failed: " + inOneLine(complaint));
    }

    private static String inOneLine(String complaint) {
        return complaint.isBlank()
                ? "it gave no reason"
                : String.join("; ", complaint.strip().lines().map(String::strip).toList());
    }
}
