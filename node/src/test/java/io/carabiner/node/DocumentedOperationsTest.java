package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.node.OperatorFolder.Told;
import io.carabiner.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/operations tells an operator to type is typed, page by page, on a real database. */
class DocumentedOperationsTest {

    private static final Path PAGES = Path.of("").toAbsolutePath().getParent().resolve("docs/operations");

    @TempDir
    Path folder;

    private final List<TestDatabase> databases = new ArrayList<>();
    private OperatorFolder files;

    @BeforeEach
    void aNodeHasRun() throws Exception {
        files = OperatorFolder.withGoodFiles(folder, newDatabase().url());
        files.write("safe-password", "a-password-for-the-safe\n");
        files.startWithin().close();
    }

    @AfterEach
    void dropDatabases() {
        databases.forEach(TestDatabase::close);
    }

    @Test
    void upgrade() throws IOException {
        assertThat(typedFrom("upgrade.md"))
                .extracting(Told::out)
                .satisfiesExactly(
                        check -> assertThat(check).contains("Nothing would be changed"),
                        version -> assertThat(version).startsWith("Database version: "),
                        status -> assertThat(status).contains("state:applied"),
                        migrate -> assertThat(migrate).isEqualTo("0 migrations applied.\n"));
    }

    @Test
    void backupAndRestore_intoANewDatabase() throws IOException {
        List<Told> told = typedFrom("backup.md");
        assertThat(told.get(0).out()).contains("cl_backup_");
        assertThat(told.get(1).out())
                .startsWith("Restored into a database of its own")
                .contains("         1  evm_key_states\n");
        assertThat(told.get(2).out()).startsWith("Restored into ");
        assertThat(databases.getLast().query("SELECT count(*) FROM carabiner.evm_key_states"))
                .isEqualTo("1");
    }

    @Test
    void keys_leaveAndComeBack() throws IOException {
        String address = databases.getFirst().query("SELECT encode(address, 'hex') FROM carabiner.evm_key_states");
        List<Told> told = typedFrom("keys.md");
        assertThat(told.get(0).err()).startsWith("Wrote 1 CSA, 1 Eth to keys.json");
        assertThat(told.get(1).out()).startsWith("0x");
        assertThat(told.get(1).err()).isEqualTo("The file opens and holds 1 CSA, 1 Eth.\n");
        assertThat(told.get(2).err()).isEqualTo("Restored 1 CSA, 1 Eth.\n");
        assertThat(databases.getLast().query("SELECT encode(address, 'hex') FROM carabiner.evm_key_states"))
                .isEqualTo(address);
    }

    /** Nothing listens where the chain should be: there is something to mend, and it is named. */
    @Test
    void doctor_endsWithOne_andSaysWhatToDo() throws IOException {
        Told whole = files.run("-c", "config.toml", "-s", "secrets.toml", "doctor", "-p", "password");
        assertThat(whole.exitCode()).isEqualTo(1);
        assertThat(whole.out())
                .contains("ok    database  tables: up to date")
                .contains("FAIL  rpc       4242 closed HTTPURL: ")
                .contains("                → correct HTTPURL, or ask the provider\n")
                .contains("WARN  config    InsecureFastScrypt: ")
                .containsPattern("\\d+ ok, \\d+ to know, \\d+ to mend\n$");
        for (String page : List.of("install.md", "settings.md", "security.md", "troubleshooting.md", "monitoring.md")) {
            assertThat(typedFrom(page)).as(page).isNotEmpty();
        }
    }

    /** The commands of a page that need no running node, in their order; each restore finds a new database. */
    private List<Told> typedFrom(String page) throws IOException {
        List<Told> told = new ArrayList<>();
        for (String typed : DocumentedCommands.in(Files.readString(PAGES.resolve(page)))) {
            if (!typed.contains("secrets.toml") || typed.contains("node start")) {
                continue;
            }
            if (typed.contains(" restore ") && !typed.contains("--dry-run")) {
                files.write(
                        "secrets.toml", "[Database]\nURL = '" + newDatabase().url() + "'\n");
            }
            Told answer = files.run(withRealFiles(typed).split(" +", -1));
            boolean mayFind = typed.contains(" doctor") || typed.contains(" validate");
            assertThat(answer.exitCode())
                    .as(typed + "\n" + answer.out() + answer.err())
                    .isBetween(0, mayFind ? 1 : 0);
            if (!typed.contains(" doctor")) {
                told.add(answer);
            } else {
                assertThat(answer.out()).as(typed).isNotEmpty();
                if (page.matches("install.md|security.md|troubleshooting.md|monitoring.md")) {
                    told.add(answer);
                }
            }
        }
        return told;
    }

    private String withRealFiles(String typed) throws IOException {
        Path backups = folder.resolve("root/backup");
        if (!typed.contains("/srv/backup/") || !Files.isDirectory(backups)) {
            return typed;
        }
        try (Stream<Path> found = Files.list(backups)) {
            return typed.replaceFirst(
                    "/srv/backup/\\S+",
                    Matcher.quoteReplacement(found.findFirst().orElseThrow().toString()));
        }
    }

    private TestDatabase newDatabase() {
        databases.add(TestDatabase.create());
        return databases.getLast();
    }
}
