package io.carabiner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatabaseUrlTest {

    @Test
    void hostNameWithUnderscore_isAHost() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://chain:p%40ss@my_db:6543/link");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://my_db:6543/link");
        assertThat(url.properties("test")).containsEntry("user", "chain").containsEntry("password", "p@ss");
        assertThat(DatabaseUrl.parse("postgresql://u:p@my_db/n").place()).isEqualTo("my_db:5432");
    }

    @Test
    void theUsualUrl_becomesHostPortNameAndOptions() {
        DatabaseUrl url = DatabaseUrl.parse(
                "postgresql://link:p%40ss+1@db.example:6543/oracle?sslmode=require&connect_timeout=4");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6543/oracle");
        assertThat(url.properties("Carabiner"))
                .containsEntry("user", "link")
                .containsEntry("password", "p@ss+1")
                .containsEntry("sslmode", "require")
                .containsEntry("connectTimeout", "4")
                .containsEntry("prepareThreshold", "0");
    }

    @Test
    void withoutPort_thePortIsTheServersOwn() {
        assertThat(DatabaseUrl.parse("postgres://u:p@h/n").place()).isEqualTo("h:5432");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '  '                                       | is empty
            mysql://u:hunter2@h/n                      | must begin with postgresql://
            postgresql://u:hunt er2@h/n                | is not a URL (special characters of the password must be percent-encoded)
            postgresql://u:hunter2@h:port/n            | names no host, or its port is not a number
            postgresql:///n                            | names no host, or its port is not a number
            postgresql://u:hunter2@h:5432              | names no database after the host
            """, delimiter = '|')
    void aWrongUrl_isRefusedInOneSentenceWithoutThePassword(String text, String what) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.code()).isEqualTo("DATABASE_URL"))
                .hasMessage("Database.URL " + what
                        + ": write it as postgresql://user:password@host:port/name?sslmode=verify-full");
    }

    @Test
    void printed_itShowsNeitherUserNorPassword() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://link:hunter2@h/n?sslpassword=hunter3");
        assertThat(url).hasToString("h:5432/n");
    }
}
