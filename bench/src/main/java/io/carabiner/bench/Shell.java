package io.carabiner.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Commands of the machine that a fault needs. Stateless. */
final class Shell {

    private Shell() {}

    /**
     * Runs one line of a shell.
     *
     * @throws IllegalStateException if it fails, with what it said
     */
    static void run(String line) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("sh", "-euc", line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(line + ": " + said.strip());
        }
    }
}
