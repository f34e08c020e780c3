package io.carabiner.devnet;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** {@code carabiner up} in a JVM of its own, with a fake node. */
final class UpJvm implements AutoCloseable {

    private static final long SIGINT_BIT = 1L << 1;

    private final Process process;
    private final BufferedReader output;

    private UpJvm(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    static UpJvm start(Path folder, String... flags) throws IOException {
        List<String> command = new ArrayList<>(heedingControlC());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                UpJvm.class.getName(),
                "up",
                "--dir",
                folder.toString()));
        command.addAll(List.of(flags));
        return new UpJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /**
     * A shell starts what it puts into the background deaf to Ctrl-C, and all that is started from there inherits it:
     * so does a JVM whose tests run behind such a shell. GNU's {@code env} gives the hearing back.
     */
    private static List<String> heedingControlC() throws IOException {
        Path status = Path.of("/proc/self/status");
        boolean deaf = Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .map(line -> Long.parseUnsignedLong(
                                line.substring(line.indexOf(':') + 1).strip(), 16))
                        .anyMatch(ignored -> (ignored & SIGINT_BIT) != 0);
        return deaf ? List.of("env", "--default-signal=INT") : List.of();
    }

    /** Everything said until a line that contains this. */
    List<String> readUntil(String text) throws IOException {
        List<String> lines = new ArrayList<>();
        String line = output.readLine();
        while (line != null) {
            lines.add(line);
            if (line.contains(text)) {
                return lines;
            }
            line = output.readLine();
        }
        throw new AssertionError("\"" + text + "\" was never said: " + String.join("\n", lines));
    }

    List<String> readAll() {
        return output.lines().toList();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still running");
        }
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    /** As Ctrl-C does it. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    void killHard() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The child's own beginning. */
    public static void main(String[] args) {
        CommandLine root = new CommandLine(new Root());
        root.addSubcommand(new UpCommand(FakeNode::launch));
        root.addSubcommand(new DevnetCommand());
        System.exit(root.execute(args));
    }

    /** Stands in for the program's root command. */
    @CommandLine.Command(name = "carabiner")
    static final class Root {}
}
