package io.carabiner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.TestDatabase;
import java.nio.file.Path;
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

    @Test
    void anOlderProgram_doesNotRunOnADatabaseThatANewerOneUsed() throws InterruptedException {
        try (TestDatabase server = TestDatabase.create();
                Database database =
                        Database.open(DatabaseSettings.of(server.url(), folder), TimeSource.system(), reason -> {})) {
            version("0.2.0").claim(database);
            assertThatThrownBy(() -> version("0.1.9").claim(database))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessage("Application version (0.1.9) is lower than database version (0.2.0)."
                            + " Only Carabiner 0.2.0 or higher can be run on this database");
            version("0.2.0").claim(database);
            version("0.3.0").claim(database);
            List<String> noted = database.read(sql -> sql.createQuery("SELECT version FROM carabiner.node_versions")
                    .mapTo(String.class)
                    .list());
            assertThat(noted).containsExactly("0.3.0");
        }
    }

    private static ProgramVersion version(String text) {
        return ProgramVersion.parse(text).orElseThrow();
    }
}
