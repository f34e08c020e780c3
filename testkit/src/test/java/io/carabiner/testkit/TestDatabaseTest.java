package io.carabiner.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

    @Test
    void create_givesEachItsOwnDatabase() {
        try (TestDatabase one = TestDatabase.create();
                TestDatabase other = TestDatabase.create()) {
            one.execute("CREATE TABLE things (name text); INSERT INTO things VALUES ('here')");
            assertThat(one.query("SELECT name FROM things")).isEqualTo("here");
            assertThat(other.query("SELECT to_regclass('things')")).isEqualTo("null");
        }
    }

    @Test
    void copyOf_preparesTheTemplateOnce() {
        try (TestDatabase first = TestDatabase.copyOf("once", template -> template.execute("CREATE TABLE a (n int)"));
                TestDatabase second = TestDatabase.copyOf("once", template -> template.execute("NOT SQL"))) {
            first.execute("INSERT INTO a VALUES (7)");
            assertThat(second.query("SELECT count(*) FROM a")).isEqualTo("0");
        }
    }

    @Test
    void cutConnections_endsWhatIsConnected() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            database.cutConnections();
            assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
            assertThat(database.query("SELECT 1")).isEqualTo("1");
        }
    }
}
