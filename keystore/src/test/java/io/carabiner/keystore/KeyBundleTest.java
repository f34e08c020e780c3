package io.carabiner.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.database.DatabaseVisit;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drill that an operator hopes never to need: all keys leave in one file and come back in an empty database. */
class KeyBundleTest {

    private static final Password KEYSTORE = Password.of("Sixteen-chars-pw1!");
    private static final Password SAFE = Password.of("Another-password-for-the-safe");
    private static final Password NEW_KEYSTORE = Password.of("A-new-keystore-password");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private TestDatabase server;

    @BeforeEach
    void createDatabase() {
        server = TestDatabase.create();
    }

    @AfterEach
    void dropDatabase() {
        server.close();
    }

    @Test
    void allKeys_comeBackInAnEmptyDatabase_underANewPassword() throws InterruptedException {
        List<EthKey> before;
        String p2p;
        try (Database database = open(server)) {
            Keystore keystore = Keystore.open(database, KEYSTORE, ScryptCost.FAST, TimeSource.system());
            before =
                    List.of(keystore.eth().create(ChainId.of(1)), keystore.eth().create(ChainId.of(100)));
            p2p = keystore.p2p().create().toString();
        }
        String file = sealed(KEYSTORE);
        assertThat(KeyBundle.look(file, SAFE).summary()).isEqualTo("2 Eth, 1 P2P");

        try (TestDatabase other = TestDatabase.create();
                Database database = open(other)) {
            KeyBundle.restore(database, file, SAFE, NEW_KEYSTORE, ScryptCost.FAST, NOW);
            Keystore restored = Keystore.open(database, NEW_KEYSTORE, ScryptCost.FAST, TimeSource.system());
            for (EthKey key : before) {
                assertThat(restored.eth().enabled(key.chainId()))
                        .extracting(EthKey::address)
                        .containsExactly(key.address());
            }
            assertThat(restored.p2p().list()).extracting(Object::toString).containsExactly(p2p);

            assertThatThrownBy(() -> KeyBundle.restore(database, file, SAFE, NEW_KEYSTORE, ScryptCost.FAST, NOW))
                    .hasMessageContaining("this database has keys already")
                    .hasMessageEndingWith("Nothing was changed");
        }
    }

    @Test
    void wrongPasswordsAndOtherFiles_areToldApart() throws InterruptedException {
        try (Database database = open(server)) {
            Keystore.open(database, KEYSTORE, ScryptCost.FAST, TimeSource.system())
                    .eth()
                    .create(ChainId.of(1));
        }
        String file = sealed(KEYSTORE);
        assertThatThrownBy(() -> KeyBundle.look(file, KEYSTORE))
                .hasMessage("the key bundle cannot be opened: could not decrypt key with given password");
        assertThatThrownBy(() -> KeyBundle.look("{\"version\":3}", SAFE)).hasMessageContaining("this is no key bundle");
        assertThatThrownBy(() -> KeyBundle.look("not JSON", SAFE)).hasMessageContaining("this is no key bundle");
        assertThatThrownBy(() -> sealed(SAFE)).hasMessageContaining("could not decrypt key with given password");
        assertThatThrownBy(() -> sealed(KEYSTORE, Password.of("short")))
                .hasMessageStartingWith("the password for the file: ");
    }

    @Test
    void aDatabaseWithoutKeys_isToldInWords() throws InterruptedException {
        open(server).close();
        assertThatThrownBy(() -> sealed(KEYSTORE)).hasMessage("there is no key in this database yet");
    }

    private String sealed(Password keystore) {
        return sealed(keystore, SAFE);
    }

    private String sealed(Password keystore, Password own) {
        try (DatabaseVisit visit = DatabaseVisit.open(server.url())) {
            return visit.read(sql -> KeyBundle.seal(sql, keystore, own, ScryptCost.FAST, NOW));
        }
    }

    private Database open(TestDatabase at) throws InterruptedException {
        return Database.open(DatabaseSettings.of(at.url(), folder), TimeSource.system(), reason -> {});
    }
}
