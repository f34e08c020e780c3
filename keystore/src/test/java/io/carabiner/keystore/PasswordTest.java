package io.carabiner.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.keystore.KeystoreException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Password files as operators write them, right and wrong. */
class PasswordTest {

    private static final String GOOD = "Sixteen-chars-pw1!";

    @TempDir
    Path folder;

    @Test
    void oneNewlineAtTheEnd_isNotPartOfThePassword() throws Exception {
        assertThat(Password.fromFile(file(GOOD)).reveal()).isEqualTo(GOOD);
        assertThat(Password.fromFile(file(GOOD + "\n")).reveal()).isEqualTo(GOOD);
    }

    @Test
    void innerNewlinesAndSpaces_arePartOfThePassword() throws Exception {
        assertThat(Password.fromFile(file(GOOD + "\nsecond line\n")).reveal()).isEqualTo(GOOD + "\nsecond line");
        assertThat(Password.fromFile(file("a              bc")).reveal()).isEqualTo("a              bc");
    }

    @Test
    void missingFile_isNamed() {
        Path missing = folder.resolve("nowhere");

        assertRefused(
                missing,
                Reason.PASSWORD_FILE_UNREADABLE,
                "error reading password from file: open " + missing + ": no such file or directory");
    }

    @Test
    void folderInsteadOfAFile_isNamed() {
        assertRefused(
                folder,
                Reason.PASSWORD_FILE_UNREADABLE,
                "error reading password from file: read " + folder + ": is a directory");
    }

    @Test
    void forbiddenFile_isNamed() {
        assertThat(Password.fault(folder, new java.nio.file.AccessDeniedException(folder.toString())))
                .hasMessageStartingWith("error reading password from file: open " + folder + ": permission denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void emptyFile_isRefusedAsByTheGoNode(String content) throws Exception {
        assertRefused(
                file(content),
                Reason.PASSWORD_FILE_EMPTY,
                "error reading password from file: detected empty password in password file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" " + GOOD, GOOD + " ", GOOD + "\t\n", GOOD + "\r\n", GOOD + "\n\n", "  \n", "\u00a0" + GOOD})
    void outerWhitespace_isRefusedAsByTheGoNode(String content) throws Exception {
        assertRefused(
                file(content),
                Reason.PASSWORD_FILE_WHITESPACE,
                "error reading password from file: leading/trailing whitespace detected in password");
    }

    @Test
    void hugeFile_isRefusedWithoutReadingItAll() throws Exception {
        assertRefused(
                file("x".repeat(Password.FILE_LIMIT_BYTES + 1)),
                Reason.PASSWORD_FILE_UNREADABLE,
                "error reading password from file: read " + folder.resolve("password") + ": more than 65536 bytes");
    }

    @Test
    void bytesThatAreNoText_areKeptAsTheyAre() throws Exception {
        Path file = folder.resolve("password");
        byte[] content = {(byte) 0xff, 'a', (byte) 0xfe, 'b'};
        Files.write(file, content);

        assertThat(Password.fromFile(file).withPrefix("")).isEqualTo(content);
    }

    @Test
    void password_printsAsAMask_andCanBeWiped() {
        Password password = Password.of("canary");
        assertThat(password.toString()).doesNotContain("canary");

        password.destroy();

        assertThat(password.isDestroyed()).isTrue();
        assertThatThrownBy(() -> password.withPrefix("")).isInstanceOf(IllegalStateException.class);
    }

    private Path file(String content) throws IOException {
        return Files.write(folder.resolve("password"), content.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(Path file, Reason reason, String message) {
        assertThatThrownBy(() -> Password.fromFile(file))
                .isInstanceOf(KeystoreException.class)
                .hasMessageStartingWith(message)
                .extracting("reason")
                .isEqualTo(reason);
    }
}
