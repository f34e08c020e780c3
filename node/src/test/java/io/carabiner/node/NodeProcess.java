package io.carabiner.node;

import io.carabiner.devnet.NodeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program as operators run it, {@code node … start}, in a process of its own. */
final class NodeProcess implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(10);
    private static final int LOG_TAIL_LINES = 40;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final int httpPort;
    private final Path log;

    private NodeProcess(Process process, int httpPort, Path log) {
        this.process = process;
        this.httpPort = httpPort;
        this.log = log;
    }

    /** Begins a start; what the program says is appended to the log file. */
    static NodeProcess launch(NodeFiles files, Path secondConfig, int httpPort) {
        List<String> command = command();
        command.addAll(List.of(
                "-c", files.config().toString(),
                "-c", secondConfig.toString(),
                "-s", files.secrets().toString(),
                "node", "start",
                "-a", files.apiCredentials().toString(),
                "-p", files.password().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(files.log().toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("CL_"));
        try {
            return new NodeProcess(builder.start(), httpPort, files.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JVM as small and as quick to start as a test can have it, up to the main class. */
    static List<String> command() {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx192m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    }

    /** Waits until it says that it is ready. */
    NodeProcess awaitReady() {
        Eventually.until(
                "the node is ready",
                READY_WITHIN,
                () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError(
                                "the node ended with " + process.exitValue() + " while starting\n" + logTail());
                    }
                    return answersReady();
                },
                this::logTail);
        return this;
    }

    /** Whether it says now that it is ready. */
    boolean answersReady() {
        try {
            return get("/readyz").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** A GET without a session. */
    HttpResponse<String> get(String path) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(url().resolve(path))
                    .timeout(ASK_TIMEOUT)
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9}; answers when it is dead. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Sends it a signal by its name, such as {@code TERM}. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until its log contains this. */
    void awaitLog(String text) {
        Eventually.until("its log contains \"" + text + '"', READY_WITHIN, () -> log().contains(text), this::logTail);
    }

    /** All it has said. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its exit code, once it has ended. */
    int awaitExit() {
        try {
            if (!process.waitFor(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the node still runs after " + ENDS_WITHIN + "\n" + logTail());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The last it said. */
    String logTail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return "the node's log:\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "the node's log cannot be read: " + e;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
