package io.carabiner.bench;

import io.carabiner.localservers.Ports;
import io.carabiner.testkit.PostgresTap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of several nodes on the world's database: with a folder, a port and a cable to the database of its own. */
final class Instance implements AutoCloseable {

    private static final String WAITS = "waiting for lease to expire";
    private static final Duration WITHIN = Duration.ofSeconds(90);
    private static final long LOOK_EVERY_MILLIS = 20;

    private final World world;
    private final String name;
    private final Path folder;
    private final Path config;
    private final Path secrets;
    private final PostgresTap cable;
    private int starts;
    private Process process;

    /** Starts it. */
    Instance(World world, String name, Path folder, int databasePort) throws IOException {
        this.world = world;
        this.name = name;
        this.folder = Files.createDirectories(folder);
        this.cable = PostgresTap.inFrontOf(databasePort);
        this.config = Files.writeString(
                folder.resolve("instance.toml"), """
                RootDir = '%s'
                [WebServer]
                HTTPPort = %d
                """.formatted(folder.resolve("root"), Ports.free(0)));
        this.secrets = Files.writeString(
                folder.resolve("secrets.toml"),
                "[Database]\nURL = '" + withPort(world.databaseUrl(), cable.port()) + "'\n");
        this.process = launched();
    }

    private static String withPort(String url, int port) {
        return url.replace(":" + URI.create(url).getPort() + "/", ":" + port + "/");
    }

    private Process launched() throws IOException {
        starts++;
        return new ProcessBuilder(List.of(
                        world.launcher().toString(),
                        "-c",
                        world.files().config().toString(),
                        "-c",
                        config.toString(),
                        "-s",
                        secrets.toString(),
                        "node",
                        "start",
                        "-a",
                        world.files().apiCredentials().toString(),
                        "-p",
                        world.files().password().toString()))
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    private Path log() {
        return folder.resolve("node-" + starts + ".log");
    }

    /** Starts it again. */
    void start() throws IOException {
        process = launched();
    }

    /** Waits until it says that another one holds the database. */
    void awaitWaiting() throws InterruptedException, IOException {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (!Files.readString(log()).contains(WAITS)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " does not stand by: " + log());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /** As {@code kill -NAME}. */
    void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Waits until it has ended; its exit code. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " has not ended: " + log());
        }
        return process.exitValue();
    }

    /** Between it and the database. */
    PostgresTap cable() {
        return cable;
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        cable.thaw();
        cable.close();
        try {
            process.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
