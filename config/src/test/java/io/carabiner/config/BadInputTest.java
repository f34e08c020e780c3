package io.carabiner.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration and the secrets, each wrong in the likeliest ways: the whole message the operator sees. */
class BadInputTest {

    private static final String GOOD_CHAIN = """
            [[EVM]]
            ChainID = '1'
            [[EVM.Nodes]]
            Name = 'n'
            WSURL = 'ws://n.test'
            HTTPURL = 'http://n.test'
            """;
    private static final String GOOD_SECRETS = """
            [Database]
            URL = 'postgresql://user:sixteen-chars-pass@localhost:5432/node'
            [Password]
            Keystore = 'sixteen-chars-pass'
            """;
    private static final String CANARY = "canary-7f3a-must-not-be-seen";

    @TempDir
    Path folder;

    @Test
    void misspelledKey_isNamedWithItsPlaceAndTheRightName() throws IOException {
        assertThat(refused("[WebServer]\nHTTPort = 7000\n", GOOD_SECRETS))
                .isEqualTo(
                        "failed to decode config TOML: config.toml:2:1: WebServer.HTTPort: missing field: there is no"
                                + " such key; did you mean HTTPPort?");
    }

    @Test
    void allPortsOff_isRefused_sinceNobodyCouldReachTheNode() throws IOException {
        assertThat(refused("[WebServer]\nHTTPPort = 0\n[WebServer.TLS]\nHTTPSPort = 0\n", GOOD_SECRETS))
                .contains("WebServer.HTTPPort: invalid value (0): You must specify at least one port to listen on");
    }

    @Test
    void missingQuote_isShownWhereItIs() throws IOException {
        assertThat(refused("[Log]\nLevel = 'info\n", GOOD_SECRETS))
                .startsWith("failed to decode config TOML: config.toml:2:");
    }

    @Test
    void numberWithoutUnit_isRefusedWithTheGoNodesWords() throws IOException {
        assertThat(refused("JobPipeline.MaxRunDuration = 600\n", GOOD_SECRETS))
                .isEqualTo("failed to decode config TOML: config.toml:1:1: JobPipeline.MaxRunDuration: time: missing"
                        + " unit in duration \"600\"");
    }

    @Test
    void chainWithoutNodes_saysWhereToAddThem() throws IOException {
        assertThat(refused("[[EVM]]\nChainID = '1'\n", GOOD_SECRETS)).isEqualTo("""
                        invalid configuration: EVM.0.Nodes: missing: must have at least one node
                        Where:
                        	config.toml:1:1: EVM.0.Nodes
                        """);
    }

    @Test
    void swappedUrls_areBothReportedWithTheirPlaces() throws IOException {
        String swapped =
                GOOD_CHAIN.replace("ws://", "x://").replace("http://", "ws://").replace("x://", "http://");
        assertThat(refused(swapped, GOOD_SECRETS)).isEqualTo("""
                        invalid configuration: EVM.0.Nodes.0: 2 errors:
                        					- WSURL: invalid value (http): must be ws or wss
                        					- HTTPURL: invalid value (ws): must be http or https
                        Where:
                        	config.toml:5:1: EVM.0.Nodes.0.WSURL
                        	config.toml:6:1: EVM.0.Nodes.0.HTTPURL
                        """);
    }

    @Test
    void faultsOfAllFiles_areListedAtOnce() throws IOException {
        assertThat(refused("Nope = 1\n[Log]\nLevel = 'loud'\n", "[Database]\nURLL = 'x'\n"))
                .isEqualTo("""
                        failed to decode config TOML: 2 errors:
                        	- config.toml:1:1: Nope: missing field: there is no such key
                        	- config.toml:3:1: Log.Level: unrecognized level: "loud"
                        failed to decode secrets TOML: secrets.toml:2:1: Database.URLL: missing field: there is no such\
                         key; did you mean URL?""");
    }

    @Test
    void fileThatIsNotThere_isNamed() {
        var fault = catchThrowableOfType(
                ConfigException.class, () -> ConfigLoader.load(List.of(Path.of("nothere.toml")), List.of(), Map.of()));

        assertThat(fault)
                .hasMessage("failed to read config file: nothere.toml: open nothere.toml: no such file or directory");
        assertThat(fault.code()).isEqualTo("CONFIG_INVALID");
    }

    @Test
    void absentSecrets_areBothAskedFor() throws IOException {
        assertThat(refused(GOOD_CHAIN, "")).isEqualTo("""
                        invalid secrets: 2 errors:
                        	- Database.URL: empty: must be provided and non-empty
                        	- Password.Keystore: empty: must be provided and non-empty
                        """);
    }

    @Test
    void shortDatabasePassword_isRefusedWithTheRule() throws IOException {
        assertThat(refused(GOOD_CHAIN, GOOD_SECRETS.replace("sixteen-chars-pass@", "short@")))
                .contains("Database.URL: invalid value (*****): missing or insufficiently complex password: ")
                .contains("password is less than 16 characters long")
                .contains("secrets.toml:2:1: Database.URL")
                .doesNotContain("short@");
    }

    @Test
    void brokenDatabaseUrl_isNotShown() throws IOException {
        assertThat(refused(GOOD_CHAIN, "[Database]\nURL = '://user:" + CANARY + "@h'\n"))
                .isEqualTo("failed to decode secrets TOML: secrets.toml:2:1: Database.URL: failed to parse url: xxxxx");
    }

    @Test
    void secretUnderAWrongName_isNotShown() throws IOException {
        assertThat(refused(GOOD_CHAIN, GOOD_SECRETS + "Keystor = '" + CANARY + "'\n"))
                .isEqualTo("failed to decode secrets TOML: secrets.toml:5:1: Password.Keystor: missing field: there is"
                        + " no such key; did you mean Keystore?");
    }

    @Test
    void secretsThatAreNotToml_areNotShown() throws IOException {
        assertThat(refused(GOOD_CHAIN, "[Password]\nKeystore = " + CANARY + "\n"))
                .isEqualTo("failed to decode secrets TOML: secrets.toml:2:12: this is not valid TOML");
    }

    @Test
    void sameSecretInTwoFiles_isRefused() throws IOException {
        Path one = written("one.toml", GOOD_SECRETS);
        Path two = written("two.toml", "[Password]\nKeystore = '" + CANARY + "'\n");
        var fault = catchThrowableOfType(
                ConfigException.class, () -> ConfigLoader.load(List.of(), List.of(one, two), Map.of()));

        assertThat(fault)
                .hasMessage("invalid secrets: Password.Keystore: overrides (duplicate keys or list elements) are not"
                        + " allowed for multiple secrets files");
    }

    @Test
    void oldVariables_areRefusedByName() throws IOException {
        assertThat(refused(GOOD_CHAIN, GOOD_SECRETS, Map.of("ETH_URL", "ws://x", "LOG_LEVEL", "debug")))
                .contains("invalid environment: 2 errors:")
                .contains("environment variable ETH_URL must not be set: unsupported with config v2")
                .contains("environment variable LOG_LEVEL must not be set: unsupported with config v2");
    }

    @Test
    void chainDefaultsFolderWithoutEvm_saysWhatItNeeds() throws IOException {
        assertThat(refused(GOOD_CHAIN, GOOD_SECRETS, Map.of("CL_CHAIN_DEFAULTS", "nowhere")))
                .isEqualTo("CL_CHAIN_DEFAULTS: nowhere/evm is not a folder that can be read: point it at one that holds"
                        + " evm/");
    }

    @Test
    void passwordFile_standsInForTheSecret() throws IOException {
        Path password = written("password.txt", "from the file, long enough\n");
        NodeConfig config = ConfigLoader.load(sources(
                GOOD_CHAIN, GOOD_SECRETS.replaceFirst("(?s)\\[Password].*", ""), Map.of(), Optional.of(password)));

        assertThat(config.secrets().keystorePassword().reveal()).isEqualTo("from the file, long enough");
    }

    @Test
    void passwordFileThatIsNotThere_isNamed() throws IOException {
        var sources = sources(GOOD_CHAIN, GOOD_SECRETS, Map.of(), Optional.of(Path.of("nothere.txt")));

        assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(sources)))
                .hasMessage("failed to read password from file: open nothere.txt: no such file or directory");
    }

    @Test
    void emptyPasswordFile_saysWhatToDo() throws IOException {
        var sources = sources(GOOD_CHAIN, GOOD_SECRETS, Map.of(), Optional.of(written("empty.txt", "\n")));

        assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(sources)))
                .hasMessageEndingWith("empty.txt is empty: write the password into it, on one line");
    }

    @Test
    void validate_listsTheKeysThatDoNothing() throws IOException {
        ConfigCheck check = ConfigCheck.of(
                sources(GOOD_CHAIN + "[Feature]\nCCIP = false\n", GOOD_SECRETS, Map.of(), Optional.empty()));

        assertThat(check.valid()).isTrue();
        assertThat(check.output()).endsWith("""

                        # Configuration warning:
                        these keys are set and do nothing in this version:
                        	- Feature.CCIP

                        Valid configuration.
                        """);
    }

    @Test
    void canaryInEverySecret_isSeenNowhere() throws IOException {
        var secrets = new StringBuilder();
        for (ConfigKey key : ConfigKeys.secrets()) {
            if (key.type().javaType() == Secret.class) {
                String path = key.path().replace("*", "some");
                int dot = path.lastIndexOf('.');
                String section = path.substring(0, dot);
                secrets.append(section.endsWith("[]") ? "[[" + section.replace("[]", "") + "]]\n" : "");
                secrets.append(section.endsWith("[]") ? "" : section + ".")
                        .append(path.substring(dot + 1))
                        .append(" = 'postgresql://u:" + CANARY + "@h/d'\n");
            }
        }
        String dotted = secrets.toString()
                .lines()
                .filter(line -> line.contains(".") && line.matches("^[A-Z].*\\..* = .*"))
                .reduce("", (all, line) -> all + line + "\n");
        Path file = written("secrets.toml", dotted);
        var env = Map.of("CL_PROMETHEUS_AUTH_TOKEN", CANARY);

        ConfigCheck check = ConfigCheck.of(ConfigSources.of(List.of(), List.of(file), env));
        NodeConfig config = ConfigLoader.load(List.of(), List.of(file), env);

        assertThat(check.valid()).isTrue();
        assertThat(check.output() + check.error()).doesNotContain(CANARY).contains("xxxxx");
        assertThat(config.secrets().toString()).doesNotContain(CANARY).contains("xxxxx");
        assertThat(config.toString() + ConfigPrinter.effectiveToml(config)).doesNotContain(CANARY);
        assertThat(config.secrets().databaseUrl().reveal()).contains(CANARY);
    }

    private String refused(String config, String secrets) throws IOException {
        return refused(config, secrets, Map.of());
    }

    /** The message, with file names without their folder. */
    private String refused(String config, String secrets, Map<String, String> env) throws IOException {
        var sources = sources(config, secrets, env, Optional.empty());
        var fault = catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(sources));
        assertThat(fault).as("refused").isNotNull();
        return fault.getMessage().replace(folder + "/", "");
    }

    private ConfigSources sources(String config, String secrets, Map<String, String> env, Optional<Path> password)
            throws IOException {
        Path configFile = written("config.toml", config);
        Path secretsFile = written("secrets.toml", secrets);
        return new ConfigSources(List.of(configFile), List.of(secretsFile), env, password, Optional.empty());
    }

    private Path written(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }
}
