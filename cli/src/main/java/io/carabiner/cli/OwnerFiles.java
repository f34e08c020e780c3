package io.carabiner.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** Files that only their owner may read, and the words for what goes wrong with files. Stateless. */
public final class OwnerFiles {

    private OwnerFiles() {}

    /**
     * Writes a file for its owner only: at once under its name, or not at all. One that is there is replaced.
     *
     * @throws IOException if the folder is not there or cannot be written
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling(".draft-" + UUID.randomUUID());
        try {
            createFile(draft);
            Files.write(draft, content);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void createFile(Path file) throws IOException {
        if (isPosix(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    /** Makes a folder for its owner only, with what is above it. */
    static void createFolder(Path folder) throws IOException {
        if (isPosix(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** A failure in the words of a Unix program: {@code open FILE: no such file or directory}. */
    public static String describe(String verb, String shown, IOException fault) {
        String reason =
                switch (fault) {
                    case NoSuchFileException missing -> "no such file or directory";
                    case AccessDeniedException denied -> "permission denied";
                    case NotDirectoryException wrong -> "not a directory";
                    default -> String.valueOf(fault.getMessage());
                };
        return verb + " " + shown + ": " + reason;
    }
}
