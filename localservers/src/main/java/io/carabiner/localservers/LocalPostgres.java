package io.carabiner.localservers;

import io.carabiner.localservers.PostgresOptions.Durability;
import io.carabiner.primitives.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/**
 * A real PostgreSQL server on loopback with a data folder, a password and a port of its own.
 *
 * <p>The programs are the machine's own where it has any, else packaged ones (Linux). The server never runs as root:
 * for root it runs as {@code postgres} or {@code nobody}, with its data outside of what that account cannot enter. It
 * listens on 127.0.0.1 only, over TCP only, and asks every connection for the password (scram-sha-256). It stops with
 * this JVM, also when the JVM is killed. Starting on the same folder again goes on with the same data.
 *
 * <p>Safe for use by many threads.
 */
public final class LocalPostgres implements AutoCloseable {

    /** The superuser's name. */
    public static final String USER = "carabiner";

    private static final int START_SECONDS = 60;
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final PostgresOptions options;
    private final int port;
    private final String password;
    private final Watchdog watchdog;

    private LocalPostgres(PostgresOptions options, int port, String password, Watchdog watchdog) {
        this.options = options;
        this.port = port;
        this.password = password;
        this.watchdog = watchdog;
    }

    /**
     * Starts the server, making its data folder first where there is none. Returns when it takes connections.
     *
     * @throws LocalServerException where that is not possible, with the way out
     */
    public static LocalPostgres start(PostgresOptions options) {
        return start(options, PostgresBinaries::find);
    }

    static LocalPostgres start(PostgresOptions options, BiFunction<Account, OptionalInt, PostgresBinaries> choice) {
        Account account = Account.humble();
        PostgresFolder folder = PostgresFolder.open(options.folder(), account);
        folder.endPredecessor();
        PostgresBinaries binaries = choice.apply(account, folder.major());
        folder.initialise(binaries, options);
        for (int attempt = 1; ; attempt++) {
            int port = Ports.free(attempt == 1 ? options.preferredPort() : 0);
            Watchdog watchdog = launch(folder, binaries, options, port);
            Optional<String> failure = awaitReady(folder, watchdog, port);
            if (failure.isEmpty()) {
                return new LocalPostgres(options, port, folder.password(), watchdog);
            }
            watchdog.stop();
            if (attempt == Ports.ATTEMPTS_MAX || !mayPass(failure.get())) {
                throw new LocalServerException(
                        "POSTGRES_START",
                        "PostgreSQL does not start: " + failure.get() + " (its log: " + folder.log() + ").");
            }
        }
    }

    /** Deletes what earlier starts on this folder left, once a server of a killed JVM has stopped there. */
    public static void erase(Path folder) {
        PostgresFolder.erase(folder.toAbsolutePath().normalize());
    }

    private static Watchdog launch(
            PostgresFolder folder, PostgresBinaries binaries, PostgresOptions options, int port) {
        List<String> command = new ArrayList<>(
                List.of(binaries.postgres().toString(), "-D", folder.data().toString()));
        List<String> settings = new ArrayList<>(List.of(
                "listen_addresses=127.0.0.1", "unix_socket_directories=", "port=" + port, "logging_collector=off"));
        if (options.durability() == Durability.THROWAWAY) {
            settings.addAll(List.of("fsync=off", "full_page_writes=off", "synchronous_commit=off"));
        }
        options.settings().forEach((name, value) -> settings.add(name + "=" + value));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        folder.beginLog();
        Watchdog.Plan plan = new Watchdog.Plan(
                "INT",
                "QUIT",
                Optional.empty(),
                options.durability() == Durability.THROWAWAY ? Optional.of(folder.root()) : Optional.empty(),
                folder.identity());
        return Watchdog.start(folder.account().command(command), folder.root(), folder.log(), plan);
    }

    /** Absent when the server takes connections, else what its log says. */
    private static Optional<String> awaitReady(PostgresFolder folder, Watchdog watchdog, int port) {
        TimeSource time = TimeSource.system();
        long deadline =
                time.monotonicNanos() + Duration.ofSeconds(START_SECONDS).toNanos();
        try {
            while (time.monotonicNanos() < deadline) {
                if (folder.isReady(port)) {
                    return Optional.empty();
                }
                if (!watchdog.isAlive()) {
                    return Optional.of(folder.lastFault());
                }
                time.sleep(LOOK_EVERY);
            }
        } catch (InterruptedException e) {
            watchdog.stop();
            Thread.currentThread().interrupt();
            throw new LocalServerException("INTERRUPTED", "Interrupted while PostgreSQL starts.", e);
        }
        return Optional.of("not ready after " + START_SECONDS + " seconds");
    }

    /** Another program was quicker to the port, or workers of a killed server are about to notice its end. */
    private static boolean mayPass(String fault) {
        return fault.contains("Address already in use")
                || fault.contains("could not create any TCP/IP sockets")
                || fault.contains("pre-existing shared memory block");
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The superuser's password. */
    public String password() {
        return password;
    }

    /** For configurations: {@code postgresql://user:password@127.0.0.1:port/database?sslmode=disable}. */
    public String url() {
        return url(options.database());
    }

    /** The same for another database of this server. */
    public String url(String database) {
        return "postgresql://" + USER + ":" + password + "@127.0.0.1:" + port + "/" + database + "?sslmode=disable";
    }

    /** For pgjdbc, user and password included. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER + "&password=" + password
                + "&sslmode=disable";
    }

    /** Whether the server's process is there. */
    public boolean isAlive() {
        return watchdog.isAlive();
    }

    /** Stops the server, cutting its connections; what was committed is kept. */
    @Override
    public void close() {
        watchdog.stop();
        if (options.durability() == Durability.THROWAWAY) {
            try {
                Files.deleteIfExists(options.folder());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public String toString() {
        return "LocalPostgres[port=" + port + ", folder=" + options.folder() + "]";
    }
}
