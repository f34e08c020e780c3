package io.carabiner.localservers;

import io.carabiner.primitives.ChainId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A JVM of its own that starts one server and then waits to be killed. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    static ChildJvm start(String server, Path folder) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChildJvm.class.getName(),
                server,
                folder.toString());
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The port its server listens on, once it does. */
    int awaitPort() throws IOException {
        return Integer.parseInt(String.valueOf(output.readLine()));
    }

    void killHard() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The child's own beginning; it ends with its standard input. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        int port =
                switch (args[0]) {
                    case "postgres" ->
                        LocalPostgres.start(PostgresOptions.durable(folder, 0, "carabiner_devnet"))
                                .port();
                    case "anvil" -> Anvil.start(chain(folder)).port();
                    default -> throw new IllegalArgumentException(args[0]);
                };
        System.out.println(port);
        System.in.readAllBytes();
    }

    /** A chain whose state is kept. */
    static AnvilOptions chain(Path folder) {
        return new AnvilOptions(folder, 0, ChainId.of(1337), new AnvilOptions.Mining.EachTransaction(), true);
    }
}
