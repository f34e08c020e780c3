package io.carabiner.localservers;

import io.carabiner.localservers.PostgresOptions.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a local PostgreSQL keeps on disk: {@code data}, {@code password}, {@code postgres.log}.
 *
 * @param root the folder itself, or what stands in for it where the account cannot enter it
 * @param account whom all of it belongs to
 */
record PostgresFolder(Path root, Account account) {

    private static final int INITDB_SECONDS = 120;
    private static final int SECRET_BYTES = 16;
    private static final int SUFFIX_BYTES = 4;
    private static final String UNFINISHED = "unfinished-";
    private static final int END_SECONDS = 15;

    /** The lines of {@code postmaster.pid} with the port and the state; the first one is the process id. */
    private static final int PORT_LINE = 3;

    private static final int STATE_LINE = 7;

    static PostgresFolder open(Path folder, Account account) {
        PrivateFiles.makeFolder(folder);
        try {
            Path real = folder.toRealPath();
            account.ownAlone(real);
            return new PostgresFolder(account.canEnter(real) ? real : relocated(folder, account), account);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path relocated(Path folder, Account account) throws IOException {
        Path place = Places.standIn(folder);
        Files.createDirectories(place.getParent());
        PrivateFiles.makeFolder(place);
        account.ownAlone(place);
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
        Path standIn = Places.standIn(folder);
        for (Path place : List.of(standIn, folder)) {
            if (Files.isDirectory(place)) {
                new PostgresFolder(place, new Account.Own()).endPredecessor();
            }
        }
        PrivateFiles.remove(standIn);
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
        removeUnfinished();
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        PrivateFiles.write(root.resolve("password"), HexFormat.of().formatHex(secret) + "\n");
        PrivateFiles.write(root.resolve("create.sql"), "CREATE DATABASE " + options.database() + "\n");
        account.own(root);
        Path fresh = root.resolve(UNFINISHED + HexFormat.of().formatHex(secret, 0, SUFFIX_BYTES));
        run(initdb(binaries, fresh, options.durability()));
        run(List.of(
                "sh",
                "-c",
                "exec \"$@\" <\"$0\"",
                root.resolve("create.sql").toString(),
                binaries.postgres().toString(),
                "--single",
                "-F",
                "-D",
                fresh.toString(),
                "template1"));
        try {
            Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> initdb(PostgresBinaries binaries, Path fresh, Durability durability) {
        List<String> command = new ArrayList<>(List.of(
                binaries.initdb().toString(),
                "--pgdata=" + fresh,
                "--username=" + LocalPostgres.USER,
                "--pwfile=" + root.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C"));
        if (durability == Durability.THROWAWAY) {
            command.add("--no-sync");
        }
        return command;
    }

    private void removeUnfinished() {
        try (Stream<Path> content = Files.list(root)) {
            content.filter(path -> path.getFileName().toString().startsWith(UNFINISHED))
                    .forEach(PrivateFiles::remove);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Under a watchdog too: one that went on after this JVM's death would be in the way of the next start. */
    private void run(List<String> command) {
        beginLog();
        Watchdog.Plan plan = new Watchdog.Plan("INT", "KILL", Optional.empty(), Optional.empty(), identity());
        if (Watchdog.start(account.command(command), root, log(), plan).awaitEnd(INITDB_SECONDS) != 0) {
            throw new LocalServerException(
                    "POSTGRES_INIT",
                    "PostgreSQL's data folder cannot be made in " + root + ": " + lastFault() + " (the log: " + log()
                            + ").");
        }
    }

    /** A server on this data that outlived its starter is stopped; a pid file that names a stranger is removed. */
    void endPredecessor() {
        Watchdog.awaitPredecessor(identity());
        Path file = data().resolve("postmaster.pid");
        Optional<ProcessHandle> process = lines(file).stream()
                .findFirst()
                .map(String::strip)
                .map(Long::parseLong)
                .flatMap(ProcessHandle::of);
        if (process.isPresent() && isPostgres(process.get())) {
            stop(process.get());
        } else if (process.isPresent()) {
            delete(file);
        }
        account.own(root);
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
        Commands.run(List.of("kill", "-" + signal, Long.toString(server.pid())), root, END_SECONDS);
        return Processes.awaitEnd(server, END_SECONDS);
    }

    /** The server writes its state into its pid file: the last thing it does before it takes connections. */
    boolean isReady(int port) {
        List<String> lines = lines(data().resolve("postmaster.pid"));
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
                .filter(line -> line.contains("FATAL:")
                        || line.contains("error:")
                        || line.contains("could not bind")
                        || line.contains("PANIC:"))
                .reduce((first, second) -> second)
                .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
    }

    private static List<String> lines(Path file) {
        return read(file).lines().toList();
    }

    /** Empty where there is none: a server that stops removes its files at any moment. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
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
