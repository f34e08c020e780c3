package io.carabiner.localservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalPostgresTest {

    private static final String DATABASE = "carabiner_devnet";

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("carabiner-localpostgres-");
    }

    @AfterEach
    void removeFolder() {
        LocalPostgres.erase(folder);
    }

    @Test
    void start_runsSafely() throws Exception {
        try (LocalPostgres server = start()) {
            assertThat(query(server, "SHOW fsync")).isEqualTo("on");
            assertThat(query(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(server, "SHOW unix_socket_directories")).isEmpty();
            assertThat(query(server, "SHOW password_encryption")).isEqualTo("scram-sha-256");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                    .isEqualTo("rw-------");
            assertThat(postmaster().info().user()).isPresent().get().isNotEqualTo("root");
        }
    }

    @Test
    void connecting_needsTheRightPassword() {
        try (LocalPostgres server = start()) {
            assertThatThrownBy(() -> DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + DATABASE,
                            LocalPostgres.USER,
                            "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void startAgain_goesOnWithTheSameData() throws Exception {
        String password;
        try (LocalPostgres server = start()) {
            query(server, "CREATE TABLE kept AS SELECT 7 AS n");
            password = server.password();
        }
        try (LocalPostgres server = start()) {
            assertThat(query(server, "SELECT n FROM kept")).isEqualTo("7");
            assertThat(server.password()).isEqualTo(password);
        }
    }

    @Test
    void killedJvm_leavesNoServerAndTheNextStartWorks() throws Exception {
        try (ChildJvm child = ChildJvm.start("postgres", folder)) {
            child.awaitPort();
            ProcessHandle postmaster = postmaster();
            child.killHard();
            postmaster.onExit().get(Watchdog.GRACE_SECONDS, TimeUnit.SECONDS);
        }
        try (LocalPostgres server = start()) {
            assertThat(query(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void killedJvm_nextStartAtOnceWaitsForTheOldServersEnd() throws Exception {
        try (ChildJvm child = ChildJvm.start("postgres", folder)) {
            child.awaitPort();
            child.killHard();
            try (LocalPostgres server = start()) {
                assertThat(query(server, "SELECT 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void killedWatchdog_leftServerIsStoppedByTheNextStart() throws Exception {
        try (ChildJvm child = ChildJvm.start("postgres", folder)) {
            child.awaitPort();
            ProcessHandle postmaster = postmaster();
            ProcessHandle watchdog = ProcessHandle.of(Long.parseLong(
                            Files.readString(folder.resolve("watchdog.pid")).strip()))
                    .orElseThrow();
            List<ProcessHandle> family = watchdog.children()
                    .filter(each -> each.pid() != postmaster.pid())
                    .toList();
            family.forEach(ProcessHandle::destroyForcibly);
            watchdog.destroyForcibly();
            assertThat(postmaster.isAlive()).isTrue();
            try (LocalPostgres server = start()) {
                assertThat(postmaster.isAlive()).isFalse();
                assertThat(query(server, "SELECT 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void killedServer_startsAgainWithWhatWasCommitted() throws Exception {
        try (LocalPostgres server = start()) {
            query(server, "CREATE TABLE kept AS SELECT 7 AS n");
            ProcessHandle postmaster = postmaster();
            postmaster.destroyForcibly();
            postmaster.onExit().get(Watchdog.GRACE_SECONDS, TimeUnit.SECONDS);
        }
        try (LocalPostgres server = start()) {
            assertThat(query(server, "SELECT n FROM kept")).isEqualTo("7");
        }
    }

    @Test
    void pidFileOfAStranger_isNotInTheWay() throws Exception {
        start().close();
        Path data = folder.toRealPath().resolve("data");
        Files.writeString(
                data.resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + data + "\n1\n5432\n\n\n\nready\n");
        try (LocalPostgres server = start()) {
            assertThat(query(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void halfMadeData_isMadeAnew() throws Exception {
        start().close();
        Path real = folder.toRealPath();
        Files.move(real.resolve("data"), real.resolve("unfinished-0123"));
        try (LocalPostgres server = start()) {
            assertThat(query(server, "SELECT 1")).isEqualTo("1");
            assertThat(real.resolve("unfinished-0123")).doesNotExist();
        }
    }

    @Test
    void preferredPortTaken_anotherIsUsed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                LocalPostgres server =
                        LocalPostgres.start(PostgresOptions.durable(folder, taken.getLocalPort(), DATABASE))) {
            assertThat(server.port()).isNotEqualTo(taken.getLocalPort());
            assertThat(query(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void folderTheAccountCannotEnter_isReplacedByOneItCan() throws Exception {
        Path closed = Files.createDirectory(
                folder.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path inner = closed.resolve("postgres");
        try (LocalPostgres server = LocalPostgres.start(PostgresOptions.durable(inner, 0, DATABASE))) {
            assertThat(query(server, "SELECT 1")).isEqualTo("1");
            assertThat(Files.readString(inner.resolve("password")).strip()).isEqualTo(server.password());
        }
        Path real = inner.toRealPath();
        LocalPostgres.erase(inner);
        assertThat(inner).doesNotExist();
        assertThat(real).doesNotExist();
    }

    @Test
    void packagedPrograms_workLikeTheMachines() throws Exception {
        try (LocalPostgres server = LocalPostgres.start(
                PostgresOptions.durable(folder, 0, DATABASE),
                (account, major) -> PostgresBinaries.packaged(account).orElseThrow())) {
            assertThat(query(server, "SHOW server_version")).startsWith("17.11");
        }
        assertThatThrownBy(() -> LocalPostgres.start(
                        PostgresOptions.durable(folder, 0, DATABASE),
                        (account, major) -> PostgresBinaries.find(account, OptionalInt.of(11))))
                .isInstanceOf(LocalServerException.class)
                .hasMessageStartingWith("There is no PostgreSQL 11 on this machine: install it");
    }

    private LocalPostgres start() {
        return LocalPostgres.start(PostgresOptions.durable(folder, 0, DATABASE));
    }

    private ProcessHandle postmaster() throws IOException {
        String pid = Files.readString(folder.resolve("data/postmaster.pid"))
                .lines()
                .findFirst()
                .orElseThrow();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    private static String query(LocalPostgres server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(DATABASE));
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
