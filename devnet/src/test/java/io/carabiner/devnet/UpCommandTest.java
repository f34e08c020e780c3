package io.carabiner.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.localservers.Anvil;
import io.carabiner.localservers.LocalPostgres;
import io.carabiner.localservers.PrivateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class UpCommandTest {

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("carabiner-up-");
    }

    @AfterEach
    void removeFolder() {
        LocalPostgres.erase(folder.resolve("postgres"));
        Anvil.erase(folder.resolve("chain"));
        PrivateFiles.remove(folder);
    }

    @Test
    void once_answersAndStops_again_goesOn_reset_startsFromNothing() throws Exception {
        assertThat(upOnce())
                .anySatisfy(line -> assertThat(line).matches(" +[0-9.]+ s  answer +4711"))
                .anySatisfy(line -> assertThat(line).startsWith("The answer is on chain, "))
                .anySatisfy(line -> assertThat(line).contains("request     transaction 0x"))
                .anySatisfy(line -> assertThat(line).contains("earned      0.1 LINK"))
                .anySatisfy(line -> assertThat(line).contains("carabiner devnet request --dir " + folder));
        assertThat(serversIn(folder)).isEmpty();
        assertThat(openFiles()).isEmpty();
        String state = Files.readString(folder.resolve("devnet.json"));

        assertThat(upOnce())
                .anySatisfy(line -> assertThat(line).contains("found on the chain"))
                .anySatisfy(line -> assertThat(line).contains("earned      0.2 LINK"));
        assertThat(withoutPorts(Files.readString(folder.resolve("devnet.json"))))
                .isEqualTo(withoutPorts(state));

        assertThat(upOnce("--reset"))
                .anySatisfy(line -> assertThat(line).contains("deployed"))
                .anySatisfy(line -> assertThat(line).contains("earned      0.1 LINK"));
    }

    @Test
    void devnetVerbs_askTellAndStop_andControlCStopsToo() throws Exception {
        try (UpJvm up = UpJvm.start(folder)) {
            up.readUntil("with --reset from nothing");
            assertThat(verb("request")).contains("answered    4711 (47.11), which stands in the consumer");
            assertThat(verb("status"))
                    .contains("(process " + up.pid() + ")")
                    .contains("2 in the consumer, 0.2 LINK earned");
            assertThat(verb("stop")).contains("Stopped.");
            assertThat(up.awaitExit()).isEqualTo(143);
        }
        assertThat(serversIn(folder)).isEmpty();
        assertThat(verb("status"))
                .isEqualToIgnoringNewLines("carabiner devnet: No development network runs in " + folder
                        + ": start it with `carabiner up --dir " + folder + "`.");

        try (UpJvm up = UpJvm.start(folder)) {
            assertThat(up.readUntil("with --reset from nothing"))
                    .anySatisfy(line -> assertThat(line).contains("earned      0.3 LINK"));
            up.interrupt();
            assertThat(up.readAll()).contains("Stopping...");
            assertThat(up.awaitExit()).isEqualTo(130);
        }
        assertThat(serversIn(folder)).isEmpty();
    }

    @Test
    void killedUp_leavesNothingThatBlocksTheNext() throws Exception {
        try (UpJvm up = UpJvm.start(folder)) {
            up.readUntil("with --reset from nothing");
            List<ProcessHandle> servers = serversIn(folder);
            assertThat(servers).isNotEmpty();
            up.killHard();
            assertThat(upOnce())
                    .anySatisfy(line -> assertThat(line).contains("found on the chain"))
                    .anySatisfy(line -> assertThat(line).contains("earned      0.2 LINK"));
            for (ProcessHandle server : servers) {
                server.onExit().get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(serversIn(folder)).isEmpty();
    }

    @Test
    void killedWhileStarting_leavesNothingThatBlocksTheNext() throws Exception {
        for (String step : List.of("chain", "database", "job")) {
            try (UpJvm up = UpJvm.start(folder)) {
                up.readUntil(" s  " + step);
                up.killHard();
            }
        }
        assertThat(upOnce()).anySatisfy(line -> assertThat(line).startsWith("The answer is on chain, "));
        assertThat(serversIn(folder)).isEmpty();
    }

    @Test
    void secondUpOnTheSameFolder_isRefusedInOneSentence() throws Exception {
        try (UpJvm first = UpJvm.start(folder)) {
            first.readUntil(" s  folder");
            try (UpJvm second = UpJvm.start(folder)) {
                assertThat(second.readAll())
                        .containsExactly("carabiner up: Another `carabiner up` (process " + first.pid() + ") uses "
                                + folder + ": stop it with Ctrl-C or `carabiner devnet stop --dir " + folder
                                + "`, or choose another folder with --dir.");
                assertThat(second.awaitExit()).isEqualTo(1);
            }
        }
    }

    @Test
    void folderWithOtherFiles_isNeverTouched() throws Exception {
        Files.writeString(folder.resolve("thesis.txt"), "years of work");
        try (UpJvm up = UpJvm.start(folder, "--reset")) {
            assertThat(up.readAll())
                    .containsExactly("carabiner up: " + folder
                            + " holds other files and no development network: choose another folder with --dir.");
            assertThat(up.awaitExit()).isEqualTo(1);
        }
        assertThat(folder.resolve("thesis.txt")).hasContent("years of work");
    }

    @Test
    void unreadableState_isSaidWithTheWayOut() throws Exception {
        Files.writeString(folder.resolve("lock"), "");
        Files.writeString(folder.resolve("devnet.json"), "{\"version\":1");
        try (UpJvm up = UpJvm.start(folder, "--once")) {
            assertThat(up.readAll().getLast())
                    .startsWith("carabiner up: " + folder.resolve("devnet.json") + " cannot be read")
                    .endsWith("start anew with `carabiner up --reset --dir " + folder + "`.");
            assertThat(up.awaitExit()).isEqualTo(1);
        }
    }

    @Test
    void deadChain_endsTheNetworkWithTheReason() throws Exception {
        try (UpJvm up = UpJvm.start(folder)) {
            up.readUntil("with --reset from nothing");
            serversIn(folder).stream()
                    .filter(server -> server.info().command().orElse("").endsWith("/anvil"))
                    .forEach(ProcessHandle::destroyForcibly);
            assertThat(up.readAll())
                    .contains("carabiner up: The chain has died; its log is in " + folder.resolve("chain"));
            assertThat(up.awaitExit()).isEqualTo(1);
        }
        assertThat(serversIn(folder)).isEmpty();
        assertThat(upOnce()).anySatisfy(line -> assertThat(line).contains("earned      0.2 LINK"));
    }

    private List<String> upOnce(String... flags) throws Exception {
        String[] all = Stream.concat(Stream.of("--once"), Stream.of(flags)).toArray(String[]::new);
        try (UpJvm up = UpJvm.start(folder, all)) {
            List<String> said = up.readAll();
            assertThat(up.awaitExit()).as(String.join("\n", said)).isZero();
            return said;
        }
    }

    /** Ports may differ where another network runs on this machine. */
    private static String withoutPorts(String state) {
        return state.replaceAll("\"ports\" : \\{[^}]*\\}", "");
    }

    private String verb(String name) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        try (PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setOut(both);
            System.setErr(both);
            new CommandLine(new DevnetCommand()).execute(name, "--dir", folder.toString());
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    /** Processes that have this folder, or what stands in for a part of it, on their command line. */
    private static List<ProcessHandle> serversIn(Path folder) throws IOException {
        Path postgres = folder.resolve("postgres");
        String real = Files.exists(postgres) ? postgres.toRealPath().toString() : folder.toString();
        return ProcessHandle.allProcesses()
                .filter(process -> !process.info().command().orElse("").endsWith("/java"))
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(folder.toString()) || line.contains(real))
                        .isPresent())
                .toList();
    }

    /** Files and folders that others could look into. */
    private List<Path> openFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isSymbolicLink(file))
                    .filter(file -> {
                        try {
                            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                                    .substring(3)
                                    .contains("r");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }
}
