package io.carabiner.localservers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One child process that cannot outlive this JVM: a POSIX shell between both waits on a pipe that only this JVM holds
 * open, and stops the server when it ends. A {@code kill -9} of the JVM is such an end.
 *
 * <p>The shell runs in a process group of its own, so that Ctrl-C in a terminal reaches the JVM alone, which then
 * stops its servers in order. Safe for use by many threads.
 */
final class Watchdog {

    /** How long a server may take to stop before it is forced, in seconds. */
    static final int GRACE_SECONDS = 10;

    /** How long after that the shell may take to tidy up, in seconds. */
    private static final int TIDY_SECONDS = 10;

    /** Puts the watching shell into a process group of its own, whoever kills this one. */
    private static final String OUTER = "set -m; trap '' INT HUP TERM; exec 3<&0 </dev/null; "
            + "sh -c \"$0\" carabiner-watchdog \"$@\" <&3 3<&- & exec 3<&-; wait $!";

    private final Process shell;

    private Watchdog(Process shell) {
        this.shell = shell;
    }

    /** What to do when the server has stopped, and how to stop it. */
    record Plan(
            String stopSignal,
            String forceSignal,
            Optional<Rename> afterCleanStop,
            Optional<Path> removed,
            Path identity) {}

    /** A file that takes the place of another. */
    record Rename(Path from, Path to) {}

    static Watchdog start(List<String> command, Path directory, Path log, Plan plan) {
        List<String> shell = new ArrayList<>(List.of("sh", "-c", OUTER, script()));
        shell.add(plan.stopSignal());
        shell.add(Integer.toString(GRACE_SECONDS));
        shell.add(plan.forceSignal());
        shell.add(plan.afterCleanStop().map(rename -> rename.from().toString()).orElse(""));
        shell.add(plan.afterCleanStop().map(rename -> rename.to().toString()).orElse(""));
        shell.add(plan.removed().map(Path::toString).orElse(""));
        shell.add(plan.identity().toString());
        shell.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(shell)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        CleanEnvironment.apply(builder);
        try {
            return new Watchdog(builder.start());
        } catch (IOException e) {
            throw new LocalServerException(
                    "SHELL_MISSING", "Cannot run sh, which every POSIX system has: check PATH.", e);
        }
    }

    /** Waits for a command that ends by itself; stops it where it takes longer than this. */
    int awaitEnd(int timeoutSeconds) {
        try {
            if (shell.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
                return shell.exitValue();
            }
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw new LocalServerException("INTERRUPTED", "Interrupted while a command runs.", e);
        }
        stop();
        return shell.exitValue();
    }

    boolean isAlive() {
        return shell.isAlive();
    }

    /** Stops the server, forcing it after {@link #GRACE_SECONDS}. Returns when all of its processes are gone. */
    void stop() {
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            // The reading end is gone, so the shell is ending already; the wait below says whether it did.
            shell.destroy();
        }
        boolean interrupted = false;
        while (true) {
            try {
                if (!shell.waitFor(GRACE_SECONDS + TIDY_SECONDS, TimeUnit.SECONDS)) {
                    shell.destroyForcibly();
                }
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a watchdog of an earlier, killed run to finish its work, which it began when that run died. */
    static void awaitPredecessor(Path identity) {
        Optional<ProcessHandle> running = runningPredecessor(identity);
        if (running.isPresent() && !Processes.awaitEnd(running.get(), GRACE_SECONDS + TIDY_SECONDS)) {
            throw new LocalServerException(
                    "EARLIER_SERVER_RUNS",
                    "A server of an earlier run (process " + running.get().pid() + ") still uses "
                            + identity.getParent() + ": stop that run, or end the process, then start again.");
        }
    }

    private static Optional<ProcessHandle> runningPredecessor(Path identity) {
        if (!Files.exists(identity)) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(identity).strip();
            return text.matches("[0-9]{1,18}")
                    ? ProcessHandle.of(Long.parseLong(text)).filter(Watchdog::isWatchdog)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number may belong to an unrelated process by now. */
    private static boolean isWatchdog(ProcessHandle process) {
        return process.info()
                        .command()
                        .filter(command -> command.contains("sh"))
                        .isPresent()
                || process.info().command().isEmpty();
    }

    private static String script() {
        try (InputStream resource = Watchdog.class.getResourceAsStream("watchdog.sh")) {
            if (resource == null) {
                throw new IllegalStateException("watchdog.sh is not in the program");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
