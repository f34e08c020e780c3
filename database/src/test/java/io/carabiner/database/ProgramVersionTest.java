package io.carabiner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramVersionTest {

    @TempDir
    private Path folder;

    @Test
    void versions_areComparedByNumber() {
        assertThat(version("0.10.0")).isGreaterThan(version("0.9.12"));
        assertThat(version("1.0.0-beta.1")).isEqualByComparingTo(version("v1.0.0+abc"));
        assertThat(ProgramVersion.parse("unset")).isEmpty();
        assertThat(ProgramVersion.parse("1.2")).isEmpty();
    }

    /** Release 0.3.0 takes away what 0.1.9 needs, and nothing that 0.2.0 needs. */
    @Test
    void theReleaseBefore_goesOnWithTheTables_andAnOlderOneIsRefused() throws InterruptedException {
        try (TestDatabase server = TestDatabase.create()) {
            runs(server, "0.2.0", "0.1.0");
            runs(server, "0.1.9", "0.1.0");
            runs(server, "0.3.0", "0.2.0");
            assertThatThrownBy(() -> runs(server, "0.1.9", "0.1.0"))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessage("Application version (0.1.9) is lower than database version (0.3.0)."
                            + " Only Carabiner 0.2.0 or higher can be run on this database");
            assertThat(noted(server)).isEqualTo("0.3.0 from 0.2.0");
            runs(server, "0.2.0", "0.1.0");
            assertThat(noted(server)).as("the oldest never sinks").isEqualTo("0.2.0 from 0.2.0");
        }
    }

    @Test
    void aRowFromBeforeThereWasAnOldestVersion_meansItsOwn() throws InterruptedException {
        try (TestDatabase server = TestDatabase.create()) {
            runs(server, "0.2.0", "0.1.0");
            server.execute("UPDATE carabiner.node_versions SET oldest_version = NULL");
            assertThatThrownBy(() -> runs(server, "0.1.9", "0.1.0")).hasMessageContaining("Only Carabiner 0.2.0");
            server.execute("ALTER TABLE carabiner.node_versions DROP COLUMN oldest_version");
            assertThatThrownBy(() -> runs(server, "0.1.9", "0.1.0")).hasMessageContaining("Only Carabiner 0.2.0");
        }
    }

    @Test
    void anEmptyDatabase_isForEveryVersion_andItsTablesAreSeenBeforeTheyAreMade() throws InterruptedException {
        List<TableState> seen = new ArrayList<>();
        try (TestDatabase server = TestDatabase.create()) {
            for (int start = 0; start < 2; start++) {
                Database.open(DatabaseSettings.of(server.url(), folder), TimeSource.system(), reason -> {}, seen::add)
                        .close();
            }
        }
        assertThat(seen.getFirst().isEmpty()).isTrue();
        assertThat(seen.getFirst().pending())
                .extracting(TableState.Migration::version)
                .contains(1, 41);
        assertThat(seen.getFirst().usedBy()).isEmpty();
        assertThat(seen.getLast().pending()).isEmpty();
        assertThat(seen.getLast().version()).isGreaterThanOrEqualTo(41);
    }

    @Test
    void aLookThatRefuses_leavesTheTablesAsTheyAre_andFreesTheLease() throws InterruptedException {
        try (TestDatabase server = TestDatabase.create()) {
            assertThatThrownBy(() -> Database.open(
                            DatabaseSettings.of(server.url(), folder), TimeSource.system(), reason -> {}, tables -> {
                                throw new DatabaseException("DATABASE_REFUSED", "not these");
                            }))
                    .hasMessage("not these");
            assertThat(server.query("SELECT string_agg(tablename, ',') FROM pg_tables WHERE schemaname = 'carabiner'"))
                    .isEqualTo("lease");
            runs(server, "0.2.0", "0.1.0");
        }
    }

    private void runs(TestDatabase server, String version, String oldest) throws InterruptedException {
        try (Database database = Database.open(
                DatabaseSettings.of(server.url(), folder),
                TimeSource.system(),
                reason -> {},
                version(version)::checkFor)) {
            version(version).claim(database, version(oldest));
        }
    }

    private static String noted(TestDatabase server) {
        return server.query("SELECT version || ' from ' || oldest_version FROM carabiner.node_versions");
    }

    private static ProgramVersion version(String text) {
        return ProgramVersion.parse(text).orElseThrow();
    }
}
