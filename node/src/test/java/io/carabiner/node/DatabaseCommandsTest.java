package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.node.OperatorFolder.Told;
import io.carabiner.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code node db}, {@code upgrade check} and {@code backup}, typed as an operator types them, on a real database. */
class DatabaseCommandsTest {

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

    @Test
    void anUpgrade_isTriedOut_thenDone_thenNothingIsLeftToDo() {
        Told tried = typed("upgrade", "check");
        assertThat(tried.exitCode()).isZero();
        assertThat(tried.out())
                .contains("last used by version none, tables at 0")
                .contains("V1__database_versions.sql")
                .contains("  comes: table txes\n")
                .contains("  comes: column runs.state, text, never empty\n")
                .contains("It would hold. Everything was taken back");
        assertThat(database.query("SELECT to_regnamespace('carabiner')")).isEqualTo("null");

        assertThat(typed("node", "db", "version").out()).isEqualTo("Database version: 0\n");
        assertThat(typed("node", "db", "migrate").out()).endsWith(" migrations applied.\n");
        assertThat(typed("node", "db", "migrate").out()).isEqualTo("0 migrations applied.\n");
        assertThat(typed("node", "db", "status").out())
                .contains("version:1, path:V1__database_versions.sql, type:sql, state:applied, appliedAt: 20")
                .doesNotContain("state:pending");
        assertThat(typed("upgrade", "check").out()).contains("Nothing would be changed");
    }

    @Test
    void anUpgradeThatWouldFail_isToldBeforehand_andInJsonToo() {
        typed("node", "db", "migrate");
        database.execute("DELETE FROM carabiner.flyway_schema_history WHERE version = '41'");

        Told tried = typed("upgrade", "check");
        assertThat(tried.exitCode()).isEqualTo(1);
        assertThat(tried.out())
                .contains("It would NOT hold: V41__database_oldest_version.sql: ERROR: column \"oldest_version\"");

        Told json = files.run("--json", "-c", "config.toml", "-s", "secrets.toml", "upgrade", "check");
        assertThat(json.out()).contains("\"holds\" : false", "\"script\" : \"V41__database_oldest_version.sql\"");
    }

    @Test
    void aTableInUse_isNotWaitedFor() throws Exception {
        typed("node", "db", "migrate");
        database.execute("DELETE FROM carabiner.flyway_schema_history WHERE version = '41';"
                + " ALTER TABLE carabiner.node_versions DROP COLUMN oldest_version");
        try (var busy = database.connect()) {
            busy.setAutoCommit(false);
            busy.createStatement().execute("LOCK TABLE carabiner.node_versions IN ROW EXCLUSIVE MODE");
            assertThat(typed("upgrade", "check").out())
                    .contains("It would NOT hold: a running node holds what V41__database_oldest_version.sql changes");
        }
        assertThat(typed("upgrade", "check").out())
                .contains("  comes: column node_versions.oldest_version, text\n")
                .contains("It would hold.");
    }

    @Test
    void verbsThatDestroy_areRefused_asTheGoNodeRefusesThem() {
        typed("node", "db", "migrate");
        String name = database.query("SELECT current_database()");
        String refused =
                "cannot reset database named `" + name + "`. This command can only be run against databases with"
                        + " a name that ends in `_test`, to prevent accidental data loss. If you ";
        assertThat(typed("node", "db", "reset"))
                .isEqualTo(new Told(
                        1,
                        "",
                        refused + "REALLY want to reset this database, pass in the -dangerWillRobinson option\n"));
        assertThat(typed("node", "db", "delete-chain", "--id", "4242", "--type", "EVM"))
                .isEqualTo(new Told(
                        1,
                        "",
                        refused + "really want to delete chain specific data from this database, pass in the --danger"
                                + " option\n"));
        assertThat(typed("node", "db", "delete-chain", "--id", "1", "--type", "nope", "--danger")
                        .err())
                .isEqualTo("unknown chain type\n");
        assertThat(typed("node", "db", "rollback", "abc").err()).isEqualTo("Unable to parse abc as integer\n");
        assertThat(typed("node", "db", "rollback"))
                .matches(told -> told.exitCode() == 1)
                .extracting(Told::err)
                .asString()
                .startsWith("Tables are not rolled back. These serve version ");
        assertThat(typed("node", "db", "preparetest").err()).startsWith("There are no fixtures to load");
        assertThat(typed("node", "db", "create-migration", "more").err()).startsWith("Migrations are part of");
    }

    @Test
    void deleteChain_deletesItsRows_andNoOthers() {
        typed("node", "db", "migrate");
        database.execute("INSERT INTO carabiner.evm_forwarders (address, evm_chain_id) VALUES"
                + " (decode(repeat('11', 20), 'hex'), 4242), (decode(repeat('22', 20), 'hex'), 1)");

        Told told = typed("node", "db", "delete-chain", "--id", "4242", "--type", "evm", "--danger");

        assertThat(told.out())
                .contains("Rows with evm_chain_id 4242 deleted from carabiner.txes.\n")
                .contains("deleted from carabiner.direct_requests.\n");
        assertThat(database.query("SELECT string_agg(evm_chain_id::text, ',') FROM carabiner.evm_forwarders"))
                .isEqualTo("1");
    }

    @Test
    void reset_makesTheTablesAnew() {
        typed("node", "db", "migrate");
        database.execute("CREATE TABLE carabiner.left_over ()");

        assertThat(typed("node", "db", "reset", "--dangerWillRobinson").exitCode())
                .isZero();

        assertThat(database.query("SELECT to_regclass('carabiner.left_over')")).isEqualTo("null");
        assertThat(typed("node", "db", "status").out()).doesNotContain("state:pending");
    }

    @Test
    void whileANodeHoldsTheLease_nothingIsChanged() {
        typed("node", "db", "migrate");
        database.execute("UPDATE carabiner.lease SET expires_at = clock_timestamp() + interval '1 hour',"
                + " session_pid = NULL, pid = 77, root_dir = '/srv/node'");
        for (List<String> verb : List.of(
                List.of("migrate"),
                List.of("reset", "--dangerWillRobinson"),
                List.of("delete-chain", "--id", "1", "--type", "EVM", "--danger"))) {
            List<String> words = new ArrayList<>(List.of("node", "db"));
            words.addAll(verb);
            assertThat(typed(words.toArray(new String[0])))
                    .isEqualTo(new Told(
                            1,
                            "",
                            "A node works on this database (process 77 with the folder /srv/node): stop it first.\n"));
        }
    }

    @Test
    void aBackup_isMade_checked_andRestoredIntoAnotherDatabase() throws IOException {
        typed("node", "db", "migrate");
        Told made = typed("backup", "create");
        assertThat(made.exitCode()).as(made.err()).isZero();
        String file = made.out().strip().replace("FOLDER", folder.toString());
        assertThat(Path.of(file)).hasParentRaw(folder.resolve("root/backup"));

        Told checked = typed("backup", "verify", file);
        assertThat(checked.out())
                .startsWith("Restored into a database of its own and read there: tables at ")
                .contains("         1  lease\n");
        assertThat(typed("backup", "restore", file).err()).contains("has a schema carabiner already");
        try (TestDatabase other = TestDatabase.create()) {
            files.write("secrets.toml", "[Database]\nURL = '" + other.url() + "'\n");
            assertThat(typed("backup", "restore", file).out()).contains("make sure that none runs on the old database");
            assertThat(typed("node", "db", "status").out())
                    .contains("state:applied")
                    .doesNotContain("state:pending");
        }
        files.write("secrets.toml", "[Database]\nURL = '" + database.url() + "'\n");
        assertThat(typed("backup", "verify", "nothere.dump").err())
                .isEqualTo("FOLDER/nothere.dump is not there or may not be read.\n");
        Files.writeString(folder.resolve("bad.dump"), "not a dump");
        assertThat(typed("backup", "verify", "bad.dump"))
                .matches(told -> told.exitCode() == 1)
                .extracting(Told::err)
                .asString()
                .contains("pg_restore failed");
    }

    private Told typed(String... words) {
        List<String> line = new ArrayList<>(List.of("-c", "config.toml", "-s", "secrets.toml"));
        line.addAll(List.of(words));
        return files.run(line.toArray(new String[0]));
    }
}
