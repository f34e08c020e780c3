package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.node.OperatorFolder.Told;
import io.carabiner.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code node start} with files that are wrong in the likeliest ways: what the operator reads, the exit code, and that
 * nothing was begun. All files but the wrong one are good; a node that started would make a key for its chain.
 */
class OperatorMistakesTest {

    @TempDir
    Path folder;

    private TestDatabase database;
    private OperatorFolder files;

    @BeforeEach
    void writeGoodFiles() throws IOException {
        database = TestDatabase.create();
        files = OperatorFolder.withGoodFiles(folder, database.url());
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aMistakeInAFile_isToldInWords_andNothingIsBegun(FileMistake mistake) throws IOException {
        files.write(mistake.file(), mistake.content());
        assertThat(files.start()).isEqualTo(new Told(1, "", mistake.told()));
        assertNoTable();
        assertThat(folder.resolve("root")).doesNotExist();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aWrongDatabase_isToldInWords_andNothingIsBegun(DatabaseMistake mistake) throws IOException {
        database.execute("DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN PASSWORD 'sixteen-characters-or-more'");
        files.write("secrets.toml", "[Database]\nURL = '" + mistake.url(database.url()) + "'\n");
        Told told = files.start();
        database.execute("DROP ROLE guest");
        assertThat(told).isEqualTo(new Told(1, "", mistake.told(database.url())));
        assertNoTable();
        assertThat(database.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo("0");
    }

    /** The schema is there by then, as after any first start, and nothing is in it. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aSecretThatIsTooWeak_isToldInWords_andNoKeyOrUserIsMade(WeakSecret mistake) throws IOException {
        files.write(mistake.file(), mistake.content());
        assertThat(files.start()).isEqualTo(new Told(1, "", mistake.told()));
        assertThat(database.query("SELECT count(*) FROM carabiner.encrypted_key_rings"))
                .isEqualTo("0");
        assertThat(database.query("SELECT count(*) FROM carabiner.evm_key_states"))
                .isEqualTo("0");
        assertThat(database.query("SELECT count(*) FROM carabiner.users")).isEqualTo("0");
        assertThat(database.query("SELECT expires_at < clock_timestamp() FROM carabiner.lease"))
                .isEqualTo("t");
    }

    @Test
    void aWrongPassword_isToldInWords_andTheKeysStayAsTheyAre() throws Exception {
        files.startWithin().close();
        String keys = "SELECT md5(encrypted_keys::text) FROM carabiner.encrypted_key_rings";
        String before = database.query(keys);
        files.write("password", "another-password-of-somebody\n");
        assertThat(files.start())
                .isEqualTo(new Told(
                        1,
                        "",
                        "error authenticating keystore: unable to decrypt encrypted key ring: could not decrypt key with"
                                + " given password\n"));
        assertThat(database.query(keys)).isEqualTo(before);
        assertThat(Files.exists(folder.resolve("root"))).isTrue();
    }

    private void assertNoTable() {
        assertThat(database.query("SELECT count(*) FROM pg_namespace WHERE nspname = 'carabiner'"))
                .as("schemas of the program")
                .isEqualTo("0");
    }
}
