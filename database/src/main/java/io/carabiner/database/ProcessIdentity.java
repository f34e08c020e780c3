package io.carabiner.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * Which process this is: enough to know, after a restart on the same machine, that the last holder of the lease is
 * dead.
 *
 * @param client new for every process
 * @param machine names the machine, its boot and the process id namespace (a container has its own)
 * @param rootDir the node's data folder
 * @param pid its process id in that namespace
 * @param started when it started, so that a process id used again is not taken for it; empty where unknown
 */
record ProcessIdentity(UUID client, String machine, String rootDir, long pid, String started) {

    static ProcessIdentity current(Path rootDir) {
        ProcessHandle self = ProcessHandle.current();
        return new ProcessIdentity(
                UUID.randomUUID(),
                machineId(),
                rootDir.toAbsolutePath().normalize().toString(),
                self.pid(),
                startOf(self));
    }

    /** Whether that process ran here, in the same place, and does not run any more. */
    boolean knowsDead(ProcessIdentity other) {
        boolean samePlace = machine.equals(other.machine) && rootDir.equals(other.rootDir);
        return samePlace && !isRunning(other);
    }

    private static boolean isRunning(ProcessIdentity other) {
        return ProcessHandle.of(other.pid)
                .filter(ProcessHandle::isAlive)
                .map(handle -> startOf(handle).equals(other.started))
                .orElse(false);
    }

    private static String startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toString).orElse("");
    }

    private static String machineId() {
        return String.join(
                "/",
                hostName(),
                firstLine(Path.of("/etc/machine-id")),
                firstLine(Path.of("/proc/sys/kernel/random/boot_id")),
                pidNamespace());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    /** Empty where a system has no such file: the other parts then tell the machines apart. */
    private static String firstLine(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String pidNamespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
