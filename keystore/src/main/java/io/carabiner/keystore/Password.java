package io.carabiner.keystore;

import io.carabiner.keystore.KeystoreException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * A password as bytes. It prints as a mask and can be wiped. Safe to share between threads as long as nobody wipes it
 * meanwhile.
 */
public final class Password implements Destroyable {

    /** A password file may be this long. */
    public static final int FILE_LIMIT_BYTES = 65_536;

    private static final String FILE_FAULT = "error reading password from file: ";

    private final byte[] content;
    private volatile boolean destroyed;

    private Password(byte[] content) {
        this.content = content;
    }

    /** From a text, which stays in memory for as long as the caller and the JVM keep it. */
    public static Password of(String text) {
        return new Password(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The password in a file: its whole content without one newline at the end, so that inner newlines belong to it.
     *
     * @throws KeystoreException if the file cannot be read, holds nothing, or its content begins or ends with white
     *     space
     */
    public static Password fromFile(Path file) {
        byte[] whole = read(file);
        int length = whole.length > 0 && whole[whole.length - 1] == '\n' ? whole.length - 1 : whole.length;
        byte[] content = Arrays.copyOf(whole, length);
        Arrays.fill(whole, (byte) 0);
        checkContent(file, content);
        return new Password(content);
    }

    private static void checkContent(Path file, byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            throw new KeystoreException(
                    Reason.PASSWORD_FILE_EMPTY,
                    FILE_FAULT + "detected empty password in password file (write the keystore password into " + file
                            + ")");
        }
        if (PasswordRules.hasOuterWhitespace(text)) {
            Arrays.fill(content, (byte) 0);
            throw new KeystoreException(
                    Reason.PASSWORD_FILE_WHITESPACE,
                    FILE_FAULT
                            + "leading/trailing whitespace detected in password (remove spaces, tabs, empty lines and"
                            + " carriage returns around the password in " + file + ")");
        }
    }

    private static byte[] read(Path file) {
        if (Files.isDirectory(file)) {
            throw unreadable("read " + file + ": is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(FILE_LIMIT_BYTES + 1);
            if (content.length > FILE_LIMIT_BYTES) {
                Arrays.fill(content, (byte) 0);
                throw unreadable("read " + file + ": more than " + FILE_LIMIT_BYTES + " bytes");
            }
            return content;
        } catch (IOException e) {
            throw fault(file, e);
        }
    }

    static KeystoreException fault(Path file, IOException fault) {
        String reason =
                switch (fault) {
                    case NoSuchFileException missing -> "no such file or directory";
                    case AccessDeniedException denied -> "permission denied";
                    default -> String.valueOf(fault.getMessage());
                };
        return unreadable("open " + file + ": " + reason);
    }

    private static KeystoreException unreadable(String what) {
        return new KeystoreException(
                Reason.PASSWORD_FILE_UNREADABLE,
                FILE_FAULT + what + " (give a file that this user may read and that holds the keystore password)");
    }

    /** A copy with something in front, for the derivation of keys; the caller wipes it. */
    byte[] withPrefix(String prefix) {
        if (destroyed) {
            throw new IllegalStateException("this password has been wiped");
        }
        byte[] front = prefix.getBytes(StandardCharsets.UTF_8);
        byte[] result = Arrays.copyOf(front, front.length + content.length);
        System.arraycopy(content, 0, result, front.length, content.length);
        return result;
    }

    /** For the rules, which speak about characters. */
    String reveal() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** A copy with a life of its own. */
    Password copy() {
        return new Password(withPrefix(""));
    }

    /** Wipes the password from memory. */
    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(content, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    /** A mask. */
    @Override
    public String toString() {
        return "Password[*****]";
    }
}
