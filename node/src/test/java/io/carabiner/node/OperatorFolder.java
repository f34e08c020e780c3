package io.carabiner.node;

import io.carabiner.cli.Surroundings;
import io.carabiner.cli.Terminal;
import io.carabiner.config.ConfigSources;
import io.carabiner.devnet.NodeFiles;
import io.carabiner.localservers.Ports;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files an operator writes, and the program run in them within this process. */
record OperatorFolder(Path folder) {

    /** In place of a content: there is no such file. */
    static final String ABSENT = "<absent>";

    /** In place of a content: there is a folder of this name. */
    static final String A_FOLDER = "<folder>";

    /** What the operator saw; the folder's own path is shown as {@code FOLDER}. */
    record Told(int exitCode, String out, String err) {}

    static OperatorFolder withGoodFiles(Path folder, String databaseUrl) throws IOException {
        OperatorFolder files = new OperatorFolder(folder);
        files.write("config.toml", files.goodConfig());
        files.write("secrets.toml", "[Database]\nURL = '" + databaseUrl + "'\n");
        files.write("password", "sixteen-characters-or-more\n");
        files.write("api", "operator@example.com\nsixteen-characters-or-more\n");
        return files;
    }

    /** The node's own folder would be {@code root}; nothing listens where its chain should be. */
    String goodConfig() {
        return """
                RootDir = '%s'
                InsecureFastScrypt = true
                [WebServer]
                HTTPPort = %d
                ListenIP = '127.0.0.1'
                SecureCookies = false
                TLS.HTTPSPort = 0
                [[EVM]]
                ChainID = '4242'
                [[EVM.Nodes]]
                Name = 'closed'
                WSURL = 'ws://127.0.0.1:1'
                HTTPURL = 'http://127.0.0.1:1'
                """.formatted(folder.resolve("root"), Ports.free(0));
    }

    void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        switch (content) {
            case ABSENT -> {}
            case A_FOLDER -> Files.createDirectory(file);
            default -> Files.writeString(file, content);
        }
    }

    /** The files by their names. */
    NodeFiles named() {
        return new NodeFiles(
                folder.resolve("config.toml"),
                folder.resolve("secrets.toml"),
                folder.resolve("password"),
                folder.resolve("api"),
                folder.resolve("log"));
    }

    /** {@code node start} with all four files, named relative to the folder. */
    Told start() {
        return run("-c", "config.toml", "-s", "secrets.toml", "node", "start", "-a", "api", "-p", "password");
    }

    /** A node of these files inside this process. Its log goes to {@code log}. */
    RunningNode startWithin() throws InterruptedException {
        return RunningNode.start(
                new StartOptions(
                        new ConfigSources(
                                List.of(named().config()),
                                List.of(named().secrets()),
                                Map.of(),
                                Optional.of(named().password()),
                                Optional.empty()),
                        Optional.of(named().apiCredentials()),
                        Optional.of(named().log()),
                        false),
                ThisBuild.read(),
                reason -> {});
    }

    Told run(String... arguments) {
        return runWith(Map.of(), arguments);
    }

    /** The program with these variables of the environment. */
    Told runWith(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]),
                new NoTerminal(),
                environment,
                folder,
                folder.resolve("cache"));
        int exitCode = Main.program(surroundings).run(arguments);
        return new Told(exitCode, text(out), text(err));
    }

    private String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace(folder.toString(), "FOLDER");
    }

    private static final class NoTerminal implements Terminal {
        @Override
        public boolean isInteractive() {
            return false;
        }

        @Override
        public String readHidden() {
            throw new IllegalStateException("nobody sits there");
        }
    }
}
