package io.carabiner.localservers;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Short-lived commands and where they are. */
final class Commands {

    private Commands() {}

    /** What a command said and how it ended. */
    record Result(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }
    }

    /** Runs a command to its end without input; both of its outputs are collected. */
    static Result run(List<String> command, Path directory, int timeoutSeconds) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        CleanEnvironment.apply(builder);
        try {
            Process process = builder.start();
            StringBuilder output = new StringBuilder();
            Thread reader = Thread.startVirtualThread(() -> collect(process, output));
            process.getOutputStream().close();
            return finished(process, reader, output, command.getFirst(), timeoutSeconds);
        } catch (IOException e) {
            throw new LocalServerException(
                    "COMMAND_FAILED", "Cannot run " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    private static void collect(Process process, StringBuilder output) {
        try (Reader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (int next = reader.read(); next >= 0; next = reader.read()) {
                output.append((char) next);
            }
        } catch (IOException e) {
            output.append(e.getMessage());
        }
    }

    private static Result finished(
            Process process, Thread reader, StringBuilder output, String name, int timeoutSeconds) {
        try {
            if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)
                    || !reader.join(Duration.ofSeconds(timeoutSeconds))) {
                process.destroyForcibly();
                throw new LocalServerException(
                        "COMMAND_SLOW", name + " did not end within " + timeoutSeconds + " seconds: try again.");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new LocalServerException("INTERRUPTED", "Interrupted while " + name + " runs.", e);
        }
        return new Result(process.exitValue(), output.toString().strip());
    }

    /** The first executable file of this name on PATH or in the system's usual folders. */
    static Optional<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin"))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
