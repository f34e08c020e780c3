package io.carabiner.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rules with the texts a Go node 2.15 answered. */
class PasswordRulesTest {

    @Test
    void shortPassword_isRefusedWithTheRecordedText() {
        assertThat(PasswordRules.complaint("short")).contains("""

                        Expected password complexity:
                        Must be at least 16 characters long
                        Must not comprise:
                        \tLeading or trailing whitespace
                        \tA user's API email

                        Faults:
                        \tpassword is less than 16 characters long
                        """);
    }

    @Test
    void everyFault_isListed() {
        assertThat(PasswordRules.faults(" A@b.test", "a@B.test"))
                .containsExactly(
                        "password is less than 16 characters long",
                        "password contains a leading or trailing whitespace",
                        "password may not contain: \"a@B.test\"");
    }

    @Test
    void whatTheGoNodeAcceptsForARing_isAccepted() {
        assertThat(PasswordRules.complaint("a".repeat(51))).isEmpty();
        assertThat(PasswordRules.complaint("xxa@b.testxxxxxxxxxxx")).isEmpty();
        assertThat(PasswordRules.complaint("a              bc")).isEmpty();
    }

    @Test
    void lengthIsCountedInBytes_asTheGoNodeDoes() {
        assertThat(PasswordRules.complaint("ümlautümlautö")).isEmpty();
    }
}
