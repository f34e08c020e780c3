package io.carabiner.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One thing that goes wrong with the machine under a node. */
abstract sealed class FaultCase implements AutoCloseable {

    /** The name on the command line. */
    abstract String name();

    /** What the world needs for it. */
    abstract Setup setup(Path folder) throws IOException;

    /** Breaks it, waits, and mends it. */
    abstract void happen(World world) throws IOException, InterruptedException, SQLException;

    @Override
    public void close() throws IOException, InterruptedException {}

    static List<FaultCase> all() {
        return List.of(
                new DatabaseDown(), new DatabaseSlow(), new DatabaseDiskFull(), new LogDiskFull(), new NoHandles());
    }

    /** The server is stopped for a minute. */
    static final class DatabaseDown extends FaultCase {

        @Override
        String name() {
            return "database-down";
        }

        @Override
        Setup setup(Path folder) {
            return Setup.USUAL;
        }

        @Override
        void happen(World world) throws InterruptedException {
            world.stopPostgres();
            TimeUnit.SECONDS.sleep(60);
            world.startPostgres();
        }
    }

    /** Every round trip to the server takes a tenth of a second more, for a minute. */
    static final class DatabaseSlow extends FaultCase {

        private static final long DELAY_MILLIS = 100;

        private final List<SlowLine> lines = new ArrayList<>();

        @Override
        String name() {
            return "database-slow";
        }

        @Override
        Setup setup(Path folder) {
            return Setup.USUAL.withDatabaseBehind(port -> {
                if (lines.isEmpty()) {
                    lines.add(SlowLine.to(port));
                }
                return lines.getFirst().port();
            });
        }

        @Override
        void happen(World world) throws InterruptedException {
            lines.getFirst().delay(DELAY_MILLIS);
            TimeUnit.SECONDS.sleep(60);
            lines.getFirst().delay(0);
        }

        @Override
        public void close() throws IOException {
            for (SlowLine line : lines) {
                line.close();
            }
        }
    }

    /** The server's disk, a small one made for this, has no byte left for half a minute. Needs the right to mount. */
    static final class DatabaseDiskFull extends FaultCase {

        private static final String SIZE = "200m";

        private String data = "";

        @Override
        String name() {
            return "database-disk-full";
        }

        @Override
        Setup setup(Path folder) {
            return Setup.USUAL.withPostgres(Map.of("max_wal_size", "48MB", "min_wal_size", "32MB"));
        }

        @Override
        void happen(World world) throws IOException, InterruptedException, SQLException {
            data = dataFolder(world);
            world.stopPostgres();
            Shell.run("small=$(mktemp -d); mount -t tmpfs -o size=" + SIZE + " tmpfs $small; cp -a " + data
                    + "/. $small/; chown --reference=" + data + " $small; chmod 700 $small; mount --move $small " + data
                    + "; rmdir $small");
            world.startPostgres();
            TimeUnit.SECONDS.sleep(10);
            Shell.run("dd if=/dev/zero of=" + data + "/filler bs=64k 2>/dev/null || true");
            System.out.println("the disk is full");
            TimeUnit.SECONDS.sleep(30);
            Shell.run("rm " + data + "/filler");
            System.out.println("there is room again; the server " + (world.postgresLives() ? "lives" : "has ended"));
            if (!world.postgresLives()) {
                world.startPostgres();
            }
        }

        private static String dataFolder(World world) throws SQLException {
            try (Connection database = Audit.connect(world);
                    Statement statement = database.createStatement();
                    ResultSet row = statement.executeQuery("SHOW data_directory")) {
                row.next();
                return row.getString(1);
            }
        }

        @Override
        public void close() throws IOException, InterruptedException {
            if (!data.isEmpty()) {
                Shell.run("umount " + data);
            }
        }
    }

    /** The log file takes no byte, from the start on. */
    static final class LogDiskFull extends FaultCase {

        @Override
        String name() {
            return "log-disk-full";
        }

        @Override
        Setup setup(Path folder) throws IOException {
            Path logs = Files.createDirectories(folder.resolve("logs"));
            Files.createSymbolicLink(logs.resolve("chainlink_debug.log"), Path.of("/dev/full"));
            return Setup.USUAL.withSettings(
                    Setup.USUAL.nodeSettings() + "\n[Log.File]\nDir = '" + logs + "'\n", Setup.USUAL.chainSettings());
        }

        @Override
        void happen(World world) throws InterruptedException {
            TimeUnit.SECONDS.sleep(20);
        }
    }

    /** A stranger opens connections until the node has no file handle left, for half a minute. */
    static final class NoHandles extends FaultCase {

        private static final int HANDLES = 200;
        private static final Duration HELD = Duration.ofSeconds(30);

        @Override
        String name() {
            return "file-handles";
        }

        @Override
        Setup setup(Path folder) {
            return Setup.USUAL.withWrapper("sh", "-c", "ulimit -n " + HANDLES + "; exec \"$@\"", "sh");
        }

        @Override
        void happen(World world) throws IOException, InterruptedException {
            List<Socket> strangers = new ArrayList<>();
            long end = System.nanoTime() + HELD.toNanos();
            try {
                while (System.nanoTime() < end) {
                    if (strangers.size() < 2 * HANDLES) {
                        strangers.add(new Socket(InetAddress.getLoopbackAddress(), world.httpPort()));
                    } else {
                        TimeUnit.MILLISECONDS.sleep(100);
                    }
                }
            } finally {
                for (Socket stranger : strangers) {
                    stranger.close();
                }
            }
        }
    }
}
