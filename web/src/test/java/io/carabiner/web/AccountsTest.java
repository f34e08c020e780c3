package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsTest {

    @TempDir
    Path folder;

    private TestNode node;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.start(folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void forgetEverybody() {
        node.postgres.execute("DELETE FROM carabiner.users");
    }

    @Test
    void firstUser_isMadeFromTheFileAndIsAnAdministrator() throws Exception {
        forgetEverybody();
        Path file = Files.writeString(folder.resolve("api"), "  Me@Example.test \n Sixteen-chars-pw9! \n\n");

        assertThat(node.accounts.ensureFirst(Optional.of(ApiCredentials.read(file))))
                .isEqualTo("me@example.test");

        assertThat(node.postgres.query("SELECT role FROM carabiner.users")).isEqualTo("admin");
        assertThat(node.login("ME@example.test", "Sixteen-chars-pw9!")).startsWith("clsession=");
    }

    @Test
    void laterStart_needsNoFileAndChangesNothing() {
        ApiCredentials other = new ApiCredentials("other@b.test", "Sixteen-chars-pw9!");

        assertThat(node.accounts.ensureFirst(Optional.empty())).isEqualTo(TestNode.ADMIN);
        assertThat(node.accounts.ensureFirst(Optional.of(other))).isEqualTo(TestNode.ADMIN);

        assertThat(node.postgres.query("SELECT count(*) FROM carabiner.users")).isEqualTo("1");
    }

    @Test
    void firstStart_withoutCredentialsIsRefused() {
        forgetEverybody();

        assertThatThrownBy(() -> node.accounts.ensureFirst(Optional.empty()))
                .isInstanceOf(WebException.class)
                .hasMessageStartingWith("API credentials must be supplied");
    }

    @ParameterizedTest
    @CsvSource({
        "not a mail, Sixteen-chars-pw1!, mail: no angle-addr",
        "x, Sixteen-chars-pw1!, mail: missing '@' or angle-addr",
        "'', Sixteen-chars-pw1!, Must enter an email",
        "a@b.test, short, password is less than 16 characters long",
        "a@b.test, my a@b.test password, 'password may not contain: \"a@b.test\"'",
    })
    void firstStart_withCredentialsThatBreakTheRulesIsRefusedAndStoresNothing(
            String email, String password, String reason) {
        forgetEverybody();

        assertThatThrownBy(() -> node.accounts.ensureFirst(Optional.of(new ApiCredentials(email, password))))
                .isInstanceOf(WebException.class)
                .hasMessageStartingWith("error creating api initializer: failed to instantiate new user: ")
                .hasMessageContaining(reason)
                .satisfies(fault -> assertThat(((WebException) fault).code()).isEqualTo("API_CREDENTIALS_REFUSED"));

        assertThat(node.postgres.query("SELECT count(*) FROM carabiner.users")).isEqualTo("0");
    }

    @Test
    void fileWithOneLine_isMalformed() throws Exception {
        Path file = Files.writeString(folder.resolve("api"), "a@b.test");

        assertThatThrownBy(() -> ApiCredentials.read(file))
                .hasMessageStartingWith("malformed API credentials file " + file);
    }

    @Test
    void fileThatIsNotThere_isSaidSo() {
        assertThatThrownBy(() -> ApiCredentials.read(folder.resolve("none")))
                .hasMessageStartingWith("cannot read the API credentials file");
    }

    @Test
    void credentials_neverPrintThePassword() {
        assertThat(new ApiCredentials("a@b.test", "secret")).hasToString("ApiCredentials[a@b.test]");
    }

    @Test
    void passwordHash_forNobodyIsWellFormedSoThatComparingTakesAsLong() {
        PasswordHash hash = new PasswordHash();
        assertThat(PasswordHash.NOBODY).hasSize(60);
        assertThat(hash.matches("anything", PasswordHash.NOBODY)).isFalse();
        assertThat(BCrypt.verifyer().verify("x".toCharArray(), PasswordHash.NOBODY).validFormat)
                .isTrue();
    }

    @Test
    void passwordTooLongForBcrypt_neverMatches() {
        PasswordHash hash = new PasswordHash();
        String stored = hash.of("x".repeat(71));

        assertThat(hash.matches("x".repeat(71), stored)).isTrue();
        assertThat(hash.matches("x".repeat(72), stored)).isFalse();
    }
}
