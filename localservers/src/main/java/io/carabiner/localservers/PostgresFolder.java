package io.carabiner.localservers;

import io.carabiner.localservers.PostgresOptions.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a local PostgreSQL keeps on disk: {@code data}, {@code password}, {@code postgres.log}.
 *
 * @param root the folder itself, or what stands in for it where the account cannot enter it
 * @param account whom all of it belongs to
 */
record PostgresFolder(Path root, Account account) {

    private static final int INITDB_SECONDS = 120;
    private static final int PASSWORD_BYTES = 16;
    private static final int END_SECONDS = 15;

    /** The line of {@code postmaster.pid} with the process id, the port, and the state. */
    private static final int PID_LINE = 0;

    private static final int PORT_LINE = 3;
    private static final int STATE_LINE = 7;

    static PostgresFolder open(Path folder, Account account) {
        PrivateFiles.makeFolder(folder);
        try {
            Path real = folder.toRealPath();
            account.own(real);
            return new PostgresFolder(account.canEnter(real) ? real : relocated(folder, account), account);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path relocated(Path folder, Account account) throws IOException {
        Path place = Places.standIn(folder);
        Files.createDirectories(place.getParent());
        PrivateFiles.makeFolder(place);
        account.own(place);
        if (!account.canEnter(place)) {
            throw new LocalServerException(
                    "FOLDER_CLOSED",
                    "The account PostgreSQL runs under cannot enter " + place + ": open its parents with chmod o+x.");
        }
        Files.delete(folder);
        Files.createSymbolicLink(folder, place);
        return place;
    }

    static void erase(Path folder) {
        PrivateFiles.remove(Places.standIn(folder));
        try {
            if (Files.isSymbolicLink(folder)) {
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PrivateFiles.remove(folder);
    }

    Path data() {
        return root.resolve("data");
    }

    Path log() {
        return root.resolve("postgres.log");
    }

    Path identity() {
        return root.resolve("watchdog.pid");
    }

    String password() {
        return read(root.resolve("password")).strip();
    }

    /** The version the data was made by, where there is data. */
    OptionalInt major() {
        Path version = data().resolve("PG_VERSION");
        return Files.exists(version)
                ? OptionalInt.of(Integer.parseInt(read(version).strip()))
                : OptionalInt.empty();
    }

    /** Makes the data where there is none. A start that is killed in between leaves only what the next one removes. */
    void initialise(PostgresBinaries binaries, PostgresOptions options) {
        if (major().isPresent()) {
            return;
        }
        Path fresh = root.resolve("data.new");
        PrivateFiles.remove(fresh);
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        PrivateFiles.write(root.resolve("password"), HexFormat.of().formatHex(secret) + "\n");
        account.own(root);
        List<String> initdb = new ArrayList<>(List.of(
                binaries.initdb().toString(),
                "--pgdata=" + fresh,
                "--username=" + LocalPostgres.USER,
                "--pwfile=" + root.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C"));
        if (options.durability() == Durability.THROWAWAY) {
            initdb.add("--no-sync");
        }
        run(initdb, "");
        run(
                List.of(binaries.postgres().toString(), "--single", "-F", "-D", fresh.toString(), "template1"),
                "CREATE DATABASE " + options.database() + "\n");
        try {
            Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(List<String> command, String input) {
        Commands.Result result = Commands.run(account.command(command), root, input, INITDB_SECONDS);
        if (!result.succeeded()) {
            throw new LocalServerException(
                    "POSTGRES_INIT", "PostgreSQL's data folder " + root + " cannot be made: " + result.output());
        }
    }

    /** A server on this data that outlived its starter is stopped; a pid file that names a stranger is removed. */
    void endPredecessor() {
        Watchdog.awaitPredecessor(identity());
        Path file = data().resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        Optional<ProcessHandle> process =
                ProcessHandle.of(Long.parseLong(lines(file).get(PID_LINE).strip()));
        if (process.isPresent() && isPostgres(process.get())) {
            stop(process.get());
        } else if (process.isPresent()) {
            delete(file);
        }
    }

    private boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.contains("postgres"))
                .orElse(false);
    }

    private void stop(ProcessHandle server) {
        boolean ended = List.of("INT", "QUIT").stream().anyMatch(signal -> endsAfter(signal, server));
        if (!ended) {
            throw new LocalServerException(
                    "EARLIER_SERVER_RUNS",
                    "The PostgreSQL of an earlier run (process " + server.pid()
                            + ") does not stop: end it, then start again.");
        }
    }

    private boolean endsAfter(String signal, ProcessHandle server) {
        Commands.run(List.of("kill", "-" + signal, Long.toString(server.pid())), root, "", END_SECONDS);
        return Processes.awaitEnd(server, END_SECONDS);
    }

    /** The server writes its state into its pid file: the last thing it does before it takes connections. */
    boolean isReady(int port) {
        Path file = data().resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return false;
        }
        List<String> lines = lines(file);
        return lines.size() > STATE_LINE
                && lines.get(STATE_LINE).strip().equals("ready")
                && lines.get(PORT_LINE).strip().equals(Integer.toString(port));
    }

    /** One log a start, so that a fault found in it is this start's. */
    void beginLog() {
        PrivateFiles.write(log(), "");
    }

    /** What the server complained about last. */
    String lastFault() {
        List<String> lines = lines(log());
        return lines.stream()
                .filter(line -> line.contains("FATAL:") || line.contains("could not bind") || line.contains("PANIC:"))
                .reduce((first, second) -> second)
                .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
    }

    private static List<String> lines(Path file) {
        return read(file).lines().toList();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
