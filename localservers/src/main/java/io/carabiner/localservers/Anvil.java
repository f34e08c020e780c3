package io.carabiner.localservers;

import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/**
 * A real EVM chain for development, on 127.0.0.1. It stops with this JVM, also when the JVM is killed; where its state
 * is kept, it is stored then too, and takes the place of the older one only when it is whole.
 *
 * <p>The program comes from the npm package of Foundry's anvil, fetched once into the user's cache, or from
 * {@code CARABINER_ANVIL}. Safe for use by many threads.
 */
public final class Anvil implements AutoCloseable {

    private static final String WATCHDOG_FILE = "watchdog.pid";
    private static final int START_SECONDS = 30;
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);
    private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");

    private final AnvilOptions options;
    private final Watchdog watchdog;
    private final ChainRpc rpc;

    private Anvil(AnvilOptions options, Watchdog watchdog, ChainRpc rpc) {
        this.options = options;
        this.watchdog = watchdog;
        this.rpc = rpc;
    }

    /**
     * Starts the chain; where its state is kept, it goes on from the last one. Returns when it answers.
     *
     * @throws LocalServerException where that is not possible, with the way out
     */
    public static Anvil start(AnvilOptions options) {
        Path program = AnvilProgram.find();
        PrivateFiles.makeFolder(options.folder());
        Watchdog.awaitPredecessor(identity(options));
        int preferred =
                options.preferredPort() != 0 && Ports.isFree(options.preferredPort()) ? options.preferredPort() : 0;
        return attempt(program, options, preferred)
                .orElseGet(() -> attempt(program, options, 0).orElseThrow());
    }

    /** Fetches the program where it is missing, so that a later start needs no network. */
    public static void install() {
        AnvilProgram.find();
    }

    /** Whether a start needs no download. */
    public static boolean isInstalled() {
        return AnvilProgram.isThere();
    }

    /** Deletes what earlier starts on this folder left, once a server of a killed JVM has stopped there. */
    public static void erase(Path folder) {
        Watchdog.awaitPredecessor(folder.resolve(WATCHDOG_FILE));
        PrivateFiles.remove(folder);
    }

    /** Absent where another program was quicker to the preferred port. */
    private static Optional<Anvil> attempt(Path program, AnvilOptions options, int port) {
        Path log = options.folder().resolve("anvil.log");
        PrivateFiles.write(log, "");
        Watchdog watchdog = Watchdog.start(command(program, options, port), options.folder(), log, plan(options));
        OptionalInt listening = awaitListening(watchdog, log);
        if (listening.isPresent()) {
            ChainRpc rpc = new ChainRpc(URI.create("http://127.0.0.1:" + listening.getAsInt()));
            rpc.call("anvil_setLoggingEnabled", false);
            return Optional.of(new Anvil(options, watchdog, rpc));
        }
        watchdog.stop();
        String said = text(log);
        if (port != 0 && said.contains("Address already in use")) {
            return Optional.empty();
        }
        throw new LocalServerException(
                "ANVIL_START",
                "The dev chain (anvil) does not start: " + lastLine(said) + " (its log: " + log
                        + "); a broken chain state is left behind with --reset.");
    }

    private static List<String> command(Path program, AnvilOptions options, int port) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--chain-id",
                options.chainId().toString()));
        command.addAll(options.mining().flags());
        if (options.keepState()) {
            command.addAll(List.of("--dump-state", unfinished(options).toString()));
            if (Files.exists(state(options))) {
                command.addAll(List.of("--load-state", state(options).toString()));
            }
        }
        return command;
    }

    private static Watchdog.Plan plan(AnvilOptions options) {
        Optional<Watchdog.Rename> rename = options.keepState()
                ? Optional.of(new Watchdog.Rename(unfinished(options), state(options)))
                : Optional.empty();
        Optional<Path> removed = options.keepState() ? Optional.empty() : Optional.of(options.folder());
        return new Watchdog.Plan("INT", "KILL", rename, removed, identity(options));
    }

    private static OptionalInt awaitListening(Watchdog watchdog, Path log) {
        TimeSource time = TimeSource.system();
        long deadline =
                time.monotonicNanos() + Duration.ofSeconds(START_SECONDS).toNanos();
        try {
            while (time.monotonicNanos() < deadline) {
                boolean alive = watchdog.isAlive();
                Matcher matcher = LISTENING.matcher(text(log));
                if (matcher.find()) {
                    return OptionalInt.of(Integer.parseInt(matcher.group(1)));
                }
                if (!alive) {
                    return OptionalInt.empty();
                }
                time.sleep(LOOK_EVERY);
            }
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            watchdog.stop();
            Thread.currentThread().interrupt();
            throw new LocalServerException("INTERRUPTED", "Interrupted while the dev chain starts.", e);
        }
    }

    /** {@code http://127.0.0.1:port}. */
    public URI httpUrl() {
        return rpc.url();
    }

    /** {@code ws://127.0.0.1:port}. */
    public URI wsUrl() {
        return URI.create("ws://127.0.0.1:" + port());
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return rpc.url().getPort();
    }

    /** Calls over HTTP. */
    public ChainRpc rpc() {
        return rpc;
    }

    /** The chain's id. */
    public ChainId chainId() {
        return options.chainId();
    }

    /**
     * A JSON-RPC call over HTTP; parameters are what Jackson can write.
     *
     * @throws LocalServerException with the code {@code CHAIN_RPC} where the chain answers with an error
     */
    public JsonNode call(String method, Object... params) {
        return rpc.call(method, params);
    }

    /**
     * Stores the chain's state as it is now, so that even the death of anvil itself loses nothing older. Only where
     * the state is kept.
     */
    public synchronized void saveState() {
        if (!options.keepState()) {
            throw new IllegalStateException("this chain's state is not kept");
        }
        byte[] packed =
                HexFormat.of().parseHex(rpc.call("anvil_dumpState").asString().substring(2));
        Path fresh = options.folder().resolve("state.saved");
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            PrivateFiles.write(fresh, new String(plain.readAllBytes(), StandardCharsets.UTF_8));
            Files.move(fresh, state(options), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the chain's process is there. */
    public boolean isAlive() {
        return watchdog.isAlive();
    }

    /** Stops the chain, storing its state where it is kept. */
    @Override
    public void close() {
        watchdog.stop();
    }

    private static Path state(AnvilOptions options) {
        return options.folder().resolve("state.json");
    }

    private static Path unfinished(AnvilOptions options) {
        return options.folder().resolve("state.unfinished");
    }

    private static Path identity(AnvilOptions options) {
        return options.folder().resolve(WATCHDOG_FILE);
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lastLine(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .orElse("it said nothing");
    }
}
