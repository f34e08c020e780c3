package io.carabiner.localservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The operating-system account a server runs under: this process's own, or a humble one where that is root. */
sealed interface Account {

    /** Accounts to step down to, best first. */
    List<String> HUMBLE = List.of("postgres", "nobody");

    /** How long a question to the system may take, in seconds. */
    int QUESTION_SECONDS = 10;

    /** The command as this account runs it. */
    List<String> command(List<String> command);

    /** Makes a file or folder, but not what is in it, this account's. */
    void ownAlone(Path path);

    /** Makes a file or folder, with all in it, this account's; nothing may be running there. */
    void own(Path path);

    /** Whether this account can enter the folder: root's home, for one, is closed to others. */
    boolean canEnter(Path folder);

    /** Whether this account is not the one this JVM runs under. */
    default boolean steppedDown() {
        return this instanceof SteppedDown;
    }

    /** Not root: no change. */
    record Own() implements Account {
        @Override
        public List<String> command(List<String> command) {
            return command;
        }

        @Override
        public void ownAlone(Path path) {
            // What this account made is its own.
        }

        @Override
        public void own(Path path) {
            // What this account made is its own.
        }

        @Override
        public boolean canEnter(Path folder) {
            return true;
        }
    }

    /** Root steps down before anything is run. */
    record SteppedDown(List<String> prefix, UserPrincipal user) implements Account {
        @Override
        public List<String> command(List<String> command) {
            return Stream.concat(prefix.stream(), command.stream()).toList();
        }

        @Override
        public void own(Path path) {
            try (Stream<Path> all = Files.walk(path)) {
                all.forEach(this::ownAlone);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void ownAlone(Path path) {
            try {
                if (!Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(user)) {
                    Files.setOwner(path, user);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean canEnter(Path folder) {
            List<String> question = command(List.of("sh", "-c", "cd \"$1\"", "sh", folder.toString()));
            return Commands.run(question, Path.of("/"), QUESTION_SECONDS).succeeded();
        }
    }

    /** The account for servers that refuse to run as root. */
    static Account humble() {
        return isRoot() ? stepDown() : new Own();
    }

    static boolean isRoot() {
        return Commands.run(List.of("id", "-u"), Path.of("/"), QUESTION_SECONDS)
                .output()
                .equals("0");
    }

    private static Account stepDown() {
        for (String name : HUMBLE) {
            Optional<UserPrincipal> user = user(name);
            Optional<List<String>> prefix = user.flatMap(found -> prefix(name));
            if (prefix.isPresent()) {
                return new SteppedDown(prefix.get(), user.get());
            }
        }
        throw new LocalServerException(
                "NO_HUMBLE_ACCOUNT",
                "PostgreSQL does not run as root, and there is no way to step down from it here:"
                        + " install util-linux (setpriv, runuser) or sudo, or start this as an ordinary user.");
    }

    private static Optional<UserPrincipal> user(String name) {
        try {
            return Optional.of(
                    Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<String>> prefix(String name) {
        List<List<String>> ways = List.of(
                List.of("setpriv", "--reuid=" + name, "--regid=" + group(name), "--clear-groups", "--no-new-privs"),
                List.of("runuser", "-u", name, "--"),
                List.of("sudo", "-n", "-u", name, "--"));
        return ways.stream()
                .filter(way -> Commands.onPath(way.getFirst()).isPresent())
                .<List<String>>map(way -> {
                    List<String> absolute = new ArrayList<>(way);
                    absolute.set(
                            0, Commands.onPath(way.getFirst()).orElseThrow().toString());
                    return absolute;
                })
                .filter(way -> Commands.run(
                                Stream.concat(way.stream(), Stream.of("id", "-u"))
                                        .toList(),
                                Path.of("/"),
                                QUESTION_SECONDS)
                        .succeeded())
                .findFirst();
    }

    private static String group(String name) {
        return Commands.run(List.of("id", "-g", name), Path.of("/"), QUESTION_SECONDS)
                .output();
    }
}
