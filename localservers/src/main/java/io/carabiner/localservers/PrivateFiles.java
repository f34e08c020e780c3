package io.carabiner.localservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** Files and folders that only their owner can read. */
public final class PrivateFiles {

    /** How often a removal is tried while something is still being added. */
    private static final int REMOVE_ATTEMPTS_MAX = 20;

    private PrivateFiles() {}

    /** Makes a folder, with its parents, where it is missing. */
    public static void makeFolder(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new LocalServerException(
                    "FOLDER_REFUSED",
                    "Cannot make the folder " + folder + ": choose another one or change its permissions.",
                    e);
        }
    }

    /** Writes a file in place of an older one; a reader never finds it open to others, but may find half of it. */
    public static void write(Path file, String text) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Removes a file or a folder with all in it, where it is there. What a dying process adds meanwhile is removed too.
     */
    public static void remove(Path tree) {
        for (int attempt = 1; Files.exists(tree, LinkOption.NOFOLLOW_LINKS); attempt++) {
            try {
                removeOnce(tree);
            } catch (IOException | UncheckedIOException e) {
                if (attempt == REMOVE_ATTEMPTS_MAX) {
                    throw new LocalServerException(
                            "FOLDER_REFUSED",
                            "Cannot delete " + tree + " (" + e.getMessage() + "): delete it by hand.",
                            e);
                }
            }
        }
    }

    private static void removeOnce(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Writes a file so that a reader, or a crash, finds the old text or the new one, whole and on disk. */
    public static void replace(Path file, String text) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        write(fresh, text);
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
