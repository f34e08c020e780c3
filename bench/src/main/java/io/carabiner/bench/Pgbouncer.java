package io.carabiner.bench;

import io.carabiner.localservers.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's pgbouncer in transaction mode in front of a server on loopback. */
final class Pgbouncer implements AutoCloseable {

    private final Process process;
    private final int port;

    private Pgbouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where the program is, if the machine has it. */
    static Optional<Path> find() {
        Stream<String> folders = Stream.concat(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)), Stream.of("/usr/sbin"));
        return folders.map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it; it asks nobody for a password, and gives the server's itself. */
    static Pgbouncer start(Path program, Path folder, String databaseUrl) throws IOException {
        URI server = URI.create(databaseUrl);
        String[] login = server.getUserInfo().split(":", -1);
        String database = server.getPath().substring(1);
        int port = Ports.free(0);
        Path settings = Files.writeString(Files.createDirectories(folder).resolve("pgbouncer.ini"), """
                [databases]
                %s = host=127.0.0.1 port=%d dbname=%s user=%s password=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                max_client_conn = 500
                default_pool_size = 60
                ignore_startup_parameters = extra_float_digits,options
                """.formatted(
                        database, server.getPort(), database, login[0], login[1], port));
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(settings.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                .start();
        return new Pgbouncer(process, port);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
