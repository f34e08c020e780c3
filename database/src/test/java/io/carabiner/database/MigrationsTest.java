package io.carabiner.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** When a start may leave Flyway alone. */
final class MigrationsTest {

    private static DataSource source(TestDatabase server) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.jdbcUrl());
        return source;
    }

    private static boolean complete(DataSource source) throws SQLException {
        return MigrationHistory.ofCompleteTables(source).isPresent();
    }

    @Test
    void tablesAtThisVersion_areComplete_andNothingElseIs() throws SQLException {
        try (TestDatabase server = TestDatabase.create()) {
            DataSource source = source(server);
            Migrations migrations = new Migrations(source);
            server.execute("CREATE SCHEMA carabiner");
            assertThat(complete(source)).as("no tables").isFalse();
            assertThat(migrations.state().pending()).isNotEmpty();
            List<String> pending = scripts(migrations.state().pending());
            assertThat(migrations.run()).isEqualTo(pending.size());
            assertThat(complete(source)).as("just migrated").isTrue();
            assertThat(scripts(migrations.state().applied())).isEqualTo(pending);
            assertThat(migrations.state().pending()).isEmpty();

            server.execute("UPDATE carabiner.flyway_schema_history SET checksum = checksum + 1 WHERE version = '1'");
            assertThat(complete(source)).as("another text").isFalse();
            server.execute("UPDATE carabiner.flyway_schema_history SET checksum = checksum - 1, success = false"
                    + " WHERE version = '1'");
            assertThat(complete(source)).as("failed").isFalse();
            server.execute("DELETE FROM carabiner.flyway_schema_history WHERE version = '1'");
            assertThat(complete(source)).as("one is missing").isFalse();
        }
    }

    private static List<String> scripts(List<TableState.Migration> migrations) {
        return migrations.stream().map(TableState.Migration::script).toList();
    }
}
