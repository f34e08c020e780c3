package io.carabiner.doctor;

import io.carabiner.config.BackupMode;
import io.carabiner.config.LogConfig;
import io.carabiner.config.NodeConfig;
import io.carabiner.config.WebServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The machine: ports, folders, room on the disk, file handles, and the programs that backups need. */
final class MachineCheckup {

    private static final long ROOM_NEEDED_BYTES = 100L << 20;
    private static final long ROOM_WANTED_BYTES = 1L << 30;
    private static final int HANDLES_WANTED = 1024;
    private static final Duration PROGRAM_ANSWERS_WITHIN = Duration.ofSeconds(5);
    private static final int CONNECT_MILLIS = 1000;
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private final NodeConfig config;
    private final List<Finding> findings = new ArrayList<>();

    private MachineCheckup(NodeConfig config) {
        this.config = config;
    }

    static List<Finding> of(NodeConfig config) {
        MachineCheckup checkup = new MachineCheckup(config);
        checkup.web();
        checkup.disk();
        checkup.handles(Path.of("/proc/self/limits"));
        checkup.programs();
        return checkup.findings;
    }

    private void web() {
        WebServerConfig web = config.webServer();
        port(web.listenIp(), web.httpPort());
        if (!web.listenIp().isLoopbackAddress() && web.httpPort() != 0) {
            add(Finding.warn(
                    "web",
                    "WebServer.ListenIP",
                    "the API is open to the network at " + web.listenIp().getHostAddress(),
                    "set WebServer.ListenIP = '127.0.0.1' and reach it through an SSH tunnel or a VPN"));
        }
    }

    /** A port in use is no fault where a node is already at work there. */
    private void port(InetAddress ip, int port) {
        if (port == 0) {
            return;
        }
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new InetSocketAddress(ip, port));
            add(Finding.ok("web", "port " + port, "is free"));
        } catch (IOException e) {
            add(
                    RunningNodeProbe.answersAt(ip, port)
                            ? Finding.ok("web", "port " + port, "a node answers there")
                            : Finding.fail(
                                    "web",
                                    "port " + port,
                                    isOpen(ip, port) ? "another program has it" : "cannot be opened: " + e.getMessage(),
                                    "end that program, or set WebServer.HTTPPort to a free port"));
        }
    }

    private static boolean isOpen(InetAddress ip, int port) {
        InetAddress target = ip.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : ip;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(target, port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void disk() {
        folder("RootDir", config.rootDir(), ROOM_WANTED_BYTES);
        LogConfig.File log = config.log().file();
        long logs = log.maxSize().bytes() * (Math.max(0, log.maxBackups()) + 1L);
        if (log.maxSize().bytes() > 0) {
            folder(
                    "Log.File",
                    log.dir().filter(dir -> !dir.isEmpty()).map(Path::of).orElse(config.rootDir()),
                    logs);
        }
        if (config.database().backup().mode() != BackupMode.NONE) {
            folder(
                    "Database.Backup.Dir",
                    config.database()
                            .backup()
                            .dir()
                            .filter(dir -> !dir.isEmpty())
                            .map(Path::of)
                            .orElse(config.rootDir().resolve("backup")),
                    ROOM_WANTED_BYTES);
        }
    }

    private void folder(String subject, Path folder, long wanted) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            if (!Files.isWritable(there) || !Files.isDirectory(there)) {
                add(Finding.fail("disk", subject, there + " cannot be written", "give the folder to the node's user"));
                return;
            }
            room(subject, there, wanted);
            if (there.equals(folder.toAbsolutePath()) && openToOthers(there)) {
                add(Finding.warn("disk", subject, there + " can be read by other users", "chmod 700 " + there));
            }
        } catch (IOException e) {
            add(Finding.fail("disk", subject, there + " cannot be read: " + e, "check the folder"));
        }
    }

    private static boolean openToOthers(Path folder) throws IOException {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(folder).stream().anyMatch(OTHERS::contains);
    }

    private void room(String subject, Path folder, long wanted) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        String what = free / 1_000_000 + " MB free at " + folder;
        if (free < ROOM_NEEDED_BYTES) {
            add(Finding.fail("disk", subject, what, "make room, or set it to another disk"));
        } else if (free < wanted) {
            add(Finding.warn(
                    "disk", subject, what + ", " + wanted / 1_000_000 + " MB may be used", "make room, or keep less"));
        } else {
            add(Finding.ok("disk", subject, what));
        }
    }

    private void handles(Path limits) {
        handleLimit(limits)
                .filter(limit -> limit < HANDLES_WANTED)
                .ifPresent(limit -> add(Finding.warn(
                        "disk",
                        "file handles",
                        "this user may open " + limit + " files",
                        "raise it to " + HANDLES_WANTED + " or more: ulimit -n, or LimitNOFILE of the service")));
    }

    /** The soft limit; empty where there is none or it cannot be read. */
    static Optional<Long> handleLimit(Path limits) {
        try {
            return Files.readAllLines(limits).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.replaceFirst("Max open files\\s+", "").split("\\s+", 2)[0])
                    .filter(limit -> limit.matches("[0-9]{1,18}"))
                    .map(Long::valueOf)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void programs() {
        if (config.database().backup().mode() == BackupMode.NONE) {
            add(Finding.warn(
                    "database",
                    "backups",
                    "this node makes none",
                    "set Database.Backup.Mode = 'full', or be sure that the server is backed up otherwise"));
            return;
        }
        for (String program : List.of("pg_dump", "pg_restore")) {
            add(
                    runs(program)
                            ? Finding.ok("database", "backups", program + " is there")
                            : Finding.fail(
                                    "database",
                                    "backups",
                                    program + " is not on PATH",
                                    "install PostgreSQL's client programs (Debian: postgresql-client)"));
        }
    }

    private static boolean runs(String program) {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PROGRAM_ANSWERS_WITHIN.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void add(Finding finding) {
        findings.add(finding);
    }
}
