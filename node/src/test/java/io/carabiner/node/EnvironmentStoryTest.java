package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.config.ConfigSources;
import io.carabiner.localservers.Ports;
import io.carabiner.node.OperatorFolder.Told;
import io.carabiner.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that an old {@code .env} file configures, with no configuration file at all. */
class EnvironmentStoryTest {

    @TempDir
    Path folder;

    private TestDatabase database;
    private OperatorFolder files;
    private Map<String, String> environment;

    @BeforeEach
    void writeFiles() throws IOException {
        database = TestDatabase.create();
        files = OperatorFolder.withGoodFiles(folder, database.url());
        environment = new HashMap<>(Map.of(
                "ROOT", folder.resolve("root").toString(),
                "INSECURE_FAST_SCRYPT", "true",
                "DATABASE_URL", database.url(),
                "ETH_CHAIN_ID", "4242",
                "ETH_URL", "ws://127.0.0.1:1",
                "ETH_HTTP_URL", "http://127.0.0.1:1",
                "CHAINLINK_PORT", String.valueOf(Ports.free(0)),
                "CHAINLINK_TLS_PORT", "0",
                "JSON_CONSOLE", "true"));
        environment.put("DATABASE_TIMEOUT", "0");
        environment.put("LOG_FILE_MAX_SIZE", "0");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void jsonConsole_makesEveryLineJson_andAVariableThatDoesNothingIsToldOnce() throws Exception {
        StartOptions options = new StartOptions(
                new ConfigSources(
                        List.of(), List.of(), environment, Optional.of(folder.resolve("password")), Optional.empty()),
                Optional.of(folder.resolve("api")),
                Optional.of(folder.resolve("log")),
                false);

        RunningNode.start(options, ThisBuild.read(), reason -> {}).close();

        List<String> lines = Files.readAllLines(folder.resolve("log"));
        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(line).startsWith("{\"level\":"));
        assertThat(lines)
                .filteredOn(line -> line.contains("DATABASE_TIMEOUT"))
                .singleElement()
                .asString()
                .contains("\"code\":\"NODE_CONFIG_VARIABLE_GONE\"")
                .contains("the node waits for the database and its lease as long as it takes");
    }

    @Test
    void configMigrate_printsAFileThatIsValid_andKeepsTheSecretsApart() throws IOException {
        Told migrated = files.runWith(environment, "config", "migrate", "--secrets-output", "old-secrets.toml");

        assertThat(migrated.exitCode()).isZero();
        assertThat(migrated.out())
                .contains("JSONConsole = true", "ChainID = '4242'")
                .doesNotContain(database.url());
        assertThat(migrated.err())
                .contains("# DATABASE_TIMEOUT does nothing: ")
                .contains("# The secrets are in FOLDER/old-secrets.toml. Start with -c and -s, without the variables.");
        Path secrets = folder.resolve("old-secrets.toml");
        assertThat(secrets).content().contains("URL = '" + database.url() + "'");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rw-------");
        files.write("config.toml", migrated.out().replace("FOLDER", folder.toString()));
        Told valid = files.runWith(
                Map.of("CL_PASSWORD_KEYSTORE", "sixteen-characters-or-more"),
                "-c",
                "config.toml",
                "-s",
                "old-secrets.toml",
                "node",
                "validate");
        assertThat(valid.out()).endsWith("Valid configuration.\n");
    }

    @Test
    void configMigrateWithoutOldVariables_saysWhatToDo() {
        Told told = files.runWith(Map.of("LOG_COLOR", "true"), "config", "migrate");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.err()).contains("load the old file first, for example with `set -a; . ./.env; set +a`");
    }
}
