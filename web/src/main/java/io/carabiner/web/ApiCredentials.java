package io.carabiner.web;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What stands in the file given with {@code -a}: the mail address and the password of the first API user, one on each
 * line.
 *
 * @param password never printed
 */
public record ApiCredentials(String email, String password) {

    /**
     * Reads the file. White space around both is cut off; further lines are ignored.
     *
     * @throws WebException {@code API_FILE_UNREADABLE} or {@code API_FILE_MALFORMED}
     */
    public static ApiCredentials read(Path file) {
        List<String> lines = lines(file);
        if (lines.size() < 2) {
            throw WebException.start(
                    "API_FILE_MALFORMED",
                    "malformed API credentials file " + file
                            + ": it must have the mail address in the first line and the password in the second");
        }
        return new ApiCredentials(lines.get(0).strip(), lines.get(1).strip());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw WebException.start(
                    "API_FILE_UNREADABLE",
                    "cannot read the API credentials file " + file + " (" + reason(e)
                            + "): give a readable text file with -a");
        }
    }

    private static String reason(IOException fault) {
        return switch (fault) {
            case NoSuchFileException missing -> "no such file or directory";
            case AccessDeniedException denied -> "permission denied";
            case MalformedInputException binary -> "it is not text";
            default -> String.valueOf(fault.getMessage());
        };
    }

    /** The address alone. */
    @Override
    public String toString() {
        return "ApiCredentials[" + email + "]";
    }
}
