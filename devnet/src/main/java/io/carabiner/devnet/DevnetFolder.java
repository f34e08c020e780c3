package io.carabiner.devnet;

import io.carabiner.localservers.Anvil;
import io.carabiner.localservers.LocalPostgres;
import io.carabiner.localservers.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The one folder a development network lives in: {@code lock}, {@code devnet.json}, {@code postgres}, {@code chain},
 * {@code node}. Everything in it is private to its owner.
 *
 * @param root absolute
 */
record DevnetFolder(Path root) {

    /** Who holds it, as long as the process lives; the system lets go when it dies. */
    record Hold(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static DevnetFolder of(Path folder) {
        return new DevnetFolder(folder.toAbsolutePath().normalize());
    }

    /** {@code ~/.carabiner/devnet}. */
    static Path usual() {
        return Path.of(System.getProperty("user.home"), ".carabiner", "devnet");
    }

    Path state() {
        return root.resolve("devnet.json");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path chain() {
        return root.resolve("chain");
    }

    Path node() {
        return root.resolve("node");
    }

    private Path lock() {
        return root.resolve("lock");
    }

    /**
     * Makes the folder where it is missing and takes it for this process.
     *
     * @throws DevnetException where it is another process's, or holds something else than a development network
     */
    Hold take() {
        PrivateFiles.makeFolder(root);
        refuseForeign();
        try {
            FileChannel channel = FileChannel.open(
                    lock(),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            if (locked(channel).isEmpty()) {
                channel.close();
                throw new DevnetException(
                        "FOLDER_IN_USE",
                        "Another `carabiner up`"
                                + holder().map(pid -> " (process " + pid + ")").orElse("")
                                + " uses " + root + ": stop it with Ctrl-C or `carabiner devnet stop"
                                + flag() + "`, or choose another folder with --dir.");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new Hold(channel);
        } catch (IOException e) {
            throw new DevnetException(
                    "FOLDER_REFUSED", "Cannot write to " + root + ": choose another folder with --dir.", e);
        }
    }

    private static Optional<FileLock> locked(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    /** A folder that holds other things is never written to, and never reset. */
    private void refuseForeign() {
        try (Stream<Path> content = Files.list(root)) {
            if (!Files.exists(lock()) && content.findAny().isPresent()) {
                throw new DevnetException(
                        "FOLDER_FOREIGN",
                        root + " holds other files and no development network: choose another folder with --dir.");
            }
        } catch (IOException e) {
            throw new DevnetException(
                    "FOLDER_REFUSED", "Cannot read " + root + ": choose another folder with --dir.", e);
        }
    }

    /** The process that runs the network here; absent where none does. */
    Optional<Long> runner() {
        if (!Files.exists(lock())) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(lock(), StandardOpenOption.WRITE)) {
            return locked(channel).isPresent() ? Optional.empty() : holder();
        } catch (IOException e) {
            throw new DevnetException("FOLDER_REFUSED", "Cannot read " + root + ": is it another user's?", e);
        }
    }

    private Optional<Long> holder() {
        try {
            String pid = Files.readString(lock()).strip();
            return pid.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(pid)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes all that a network made here; the caller holds the folder. */
    void reset() {
        LocalPostgres.erase(postgres());
        Anvil.erase(chain());
        PrivateFiles.remove(node());
        PrivateFiles.remove(state());
    }

    /** What a command about this folder needs behind it: nothing for the usual one. */
    String flag() {
        return root.equals(usual()) ? "" : " --dir " + root;
    }
}
