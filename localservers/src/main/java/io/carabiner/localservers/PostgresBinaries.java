package io.carabiner.localservers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of one PostgreSQL version: the machine's own, so that its tools fit the server, else the packaged ones.
 *
 * @param folder holds {@code initdb} and {@code postgres}
 * @param major 12 to 18
 */
record PostgresBinaries(Path folder, int major) {

    static final int MAJOR_MIN = 12;
    static final int MAJOR_MAX = 18;

    private static final int QUESTION_SECONDS = 20;
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    /** Where distributions and Homebrew put what is not on PATH. */
    private static final List<String> USUAL_PLACES = List.of(
            "/usr/lib/postgresql/*/bin",
            "/usr/pgsql-*/bin",
            "/usr/lib/postgresql*/bin",
            "/opt/homebrew/opt/postgresql@*/bin",
            "/usr/local/opt/postgresql@*/bin",
            "/usr/local/pgsql/bin");

    Path initdb() {
        return folder.resolve("initdb");
    }

    Path postgres() {
        return folder.resolve("postgres");
    }

    /**
     * The best programs for this account.
     *
     * @param major the version existing data asks for; absent, any
     */
    static PostgresBinaries find(Account account, OptionalInt major) {
        return Stream.concat(machine(account).stream(), Stream.of(account).flatMap(each -> packaged(each).stream()))
                .filter(found -> major.isEmpty() || found.major() == major.getAsInt())
                .findFirst()
                .orElseThrow(() -> missing(major));
    }

    /** The machine's own, PATH first, then newest first. */
    static List<PostgresBinaries> machine(Account account) {
        List<Path> folders = new ArrayList<>();
        Commands.onPath("postgres").map(PostgresBinaries::realFolder).ifPresent(folders::add);
        USUAL_PLACES.forEach(place -> folders.addAll(matching(place)));
        return folders.stream()
                .distinct()
                .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
                .filter(account::canEnter)
                .flatMap(folder -> inspected(folder).stream())
                .toList();
    }

    /** The ones that came with the build, unpacked once for each account's cache; none on other systems. */
    static Optional<PostgresBinaries> packaged(Account account) {
        String name = "/postgres-linux-" + architecture() + ".txz";
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream(name)) {
            if (archive == null || !System.getProperty("os.name").equals("Linux")) {
                return Optional.empty();
            }
            Path home = cache(account).resolve("postgres-17.11.0-" + architecture());
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                unpack(archive, home);
            }
            return inspected(home.resolve("bin"));
        } catch (IOException e) {
            throw new LocalServerException(
                    "UNPACK_FAILED",
                    "Cannot unpack the packaged PostgreSQL (" + e.getMessage() + "): is the disk full?",
                    e);
        }
    }

    private static String architecture() {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return arch.equals("aarch64") ? "arm_64" : arch.equals("amd64") ? "x86_64" : arch;
    }

    private static Path cache(Account account) {
        return account.steppedDown() ? Places.SYSTEM : Places.userCache();
    }

    private static void unpack(InputStream archive, Path home) throws IOException {
        Files.createDirectories(home.getParent());
        Path fresh = Files.createTempDirectory(home.getParent(), "unpack-");
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process tar = new ProcessBuilder("tar", "-xf", "-", "-C", fresh.toString(), "--no-same-owner")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream sink = tar.getOutputStream();
                InputStream plain = new XZInputStream(archive)) {
            plain.transferTo(sink);
        }
        if (tar.onExit().join().exitValue() != 0) {
            throw new IOException("tar failed");
        }
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            PrivateFiles.remove(fresh);
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                throw e;
            }
        }
    }

    private static Optional<PostgresBinaries> inspected(Path folder) {
        String answer = Commands.run(
                        List.of(folder.resolve("postgres").toString(), "--version"), Path.of("/"), QUESTION_SECONDS)
                .output();
        Matcher matcher = VERSION.matcher(answer);
        if (!matcher.find()) {
            return Optional.empty();
        }
        int major = Integer.parseInt(matcher.group(1));
        return major >= MAJOR_MIN && major <= MAJOR_MAX
                ? Optional.of(new PostgresBinaries(folder, major))
                : Optional.empty();
    }

    private static Path realFolder(Path program) {
        try {
            return program.toRealPath().resolveSibling("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folders a path with one {@code *} in one of its parts means, newest version first. */
    private static List<Path> matching(String pattern) {
        Path path = Path.of(pattern);
        int star = 0;
        while (star < path.getNameCount() && !path.getName(star).toString().contains("*")) {
            star++;
        }
        if (star == path.getNameCount()) {
            return Files.isDirectory(path) ? List.of(path) : List.of();
        }
        Path parent = Path.of("/").resolve(path.subpath(0, star));
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(parent, path.getName(star).toString())) {
            Path rest = path.subpath(star + 1, path.getNameCount());
            return StreamSupport.stream(found.spliterator(), false)
                    .map(version -> version.resolve(rest))
                    .filter(Files::isDirectory)
                    .sorted(Comparator.comparing(PostgresBinaries::number).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int number(Path path) {
        String digits = path.toString().replaceAll("[^0-9]", "");
        return digits.isEmpty() || digits.length() > 6 ? 0 : Integer.parseInt(digits);
    }

    private static LocalServerException missing(OptionalInt major) {
        String version = major.isPresent() ? " " + major.getAsInt() : "";
        return new LocalServerException(
                "POSTGRES_MISSING",
                "There is no PostgreSQL" + version + " on this machine: install it (Debian: apt-get install postgresql;"
                        + " macOS: brew install postgresql@17)"
                        + (major.isPresent() ? ", or start anew with --reset." : "."));
    }
}
