package io.carabiner.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.carabiner.config.LegacyVariable.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A node that was configured by an {@code .env} file alone, as version 1 was. */
class LegacyEnvironmentTest {

    private static final String CANARY = "canary-password-of-the-database";

    /** The variables of the AWS quick start, which many nodes were set up with. */
    private static final Map<String, String> QUICK_START = Map.ofEntries(
            Map.entry("ROOT", "/chainlink"),
            Map.entry("LOG_LEVEL", "debug"),
            Map.entry("ETH_CHAIN_ID", "1"),
            Map.entry("ALLOW_ORIGINS", "*"),
            Map.entry("MINIMUM_CONTRACT_PAYMENT_LINK_JUELS", "1000000000000"),
            Map.entry("DEFAULT_HTTP_ALLOW_UNRESTRICTED_NETWORK_ACCESS", "true"),
            Map.entry("JSON_CONSOLE", "true"),
            Map.entry("MIN_OUTGOING_CONFIRMATIONS", "2"),
            Map.entry("MIN_INCOMING_CONFIRMATIONS", "2"),
            Map.entry("ETH_URL", "wss://rpc.test/ws"),
            Map.entry("ETH_HTTP_URL", "https://rpc.test"),
            Map.entry("ETH_SECONDARY_URLS", "https://one.test; https://rpc.test,https://two.test"),
            Map.entry("DATABASE_URL", "postgresql://chainlink:" + CANARY + "@db.test:5432/chainlink"),
            Map.entry("DATABASE_TIMEOUT", "0"),
            Map.entry("CHAINLINK_TLS_PORT", "0"),
            Map.entry("SECURE_COOKIES", "false"),
            Map.entry("GAS_ESTIMATOR_MODE", "BlockHistory"),
            Map.entry("GAS_UPDATER_TRANSACTION_PERCENTILE", "71"),
            Map.entry("BLOCK_HISTORY_ESTIMATOR_BLOCK_HISTORY_SIZE", "8"),
            Map.entry("ETH_GAS_BUMP_THRESHOLD", "2"),
            Map.entry("ETH_GAS_BUMP_WEI", "20000000000"),
            Map.entry("ETH_GAS_BUMP_PERCENT", "50"),
            Map.entry("ETH_BALANCE_MONITOR_BLOCK_DELAY", "3"),
            Map.entry("ENABLE_BULLETPROOF_TX_MANAGER", "true"),
            Map.entry("LOG_FILE_MAX_SIZE", "0"),
            Map.entry("CL_PASSWORD_KEYSTORE", "a password of the keystore"));

    @Test
    void quickStartVariables_configureTheNode() {
        NodeConfig config = ConfigLoader.load(List.of(), List.of(), QUICK_START);

        assertThat(config.rootDir()).isEqualTo(Path.of("/chainlink"));
        assertThat(config.log().jsonConsole()).isTrue();
        assertThat(config.log().level()).isEqualTo(LogLevel.DEBUG);
        assertThat(config.log().file().maxSize().bytes()).isZero();
        assertThat(config.webServer().secureCookies()).isFalse();
        EvmConfig chain = config.evm().getFirst();
        assertThat(chain.chainId()).hasToString("1");
        assertThat(chain.minIncomingConfirmations()).isEqualTo(2);
        assertThat(chain.nodes())
                .extracting(EvmNode::name)
                .containsExactly("primary-0-1", "sendonly-0-1", "sendonly-1-1");
        assertThat(chain.nodes()).extracting(EvmNode::sendOnly).containsExactly(false, true, true);
        assertThat(config.secrets().databaseUrl().reveal()).contains(CANARY);
        assertThat(config.legacyNotes().orElseThrow())
                .contains(
                        "MIN_OUTGOING_CONFIRMATIONS does nothing: set minConfirmations in the ethtx task of the job",
                        "ENABLE_BULLETPROOF_TX_MANAGER does nothing: there is one transaction manager, always on")
                .hasSize(5);
    }

    @Test
    void migratedFiles_comeToTheSameConfiguration(@TempDir Path folder) throws IOException {
        ConfigMigration migration = ConfigMigration.of(QUICK_START);
        Path config = Files.writeString(folder.resolve("config.toml"), migration.config());
        Path secrets = Files.writeString(folder.resolve("secrets.toml"), migration.secrets());
        Map<String, String> env = Map.of("CL_PASSWORD_KEYSTORE", "a password of the keystore");

        NodeConfig fromFiles = ConfigLoader.load(List.of(config), List.of(secrets), env);

        NodeConfig fromVariables = ConfigLoader.load(List.of(), List.of(), QUICK_START);
        assertThat(ConfigPrinter.effectiveToml(fromFiles)).isEqualTo(ConfigPrinter.effectiveToml(fromVariables));
        assertThat(fromFiles.secrets().databaseUrl())
                .isEqualTo(fromVariables.secrets().databaseUrl());
        assertThat(fromFiles.legacyNotes()).isEmpty();
        assertThat(migration.config()).doesNotContain(CANARY);
        assertThat(migration.toString()).doesNotContain(CANARY);
    }

    @Test
    void besideAFile_theVariablesAreRefused(@TempDir Path folder) throws IOException {
        Path config = Files.writeString(folder.resolve("config.toml"), "");

        ConfigException refused = catchThrowableOfType(
                ConfigException.class, () -> ConfigLoader.load(List.of(config), List.of(), QUICK_START));

        assertThat(refused).hasMessageContaining("environment variable JSON_CONSOLE must not be set");
    }

    @Test
    void everyFault_isToldAtOnceWithItsVariable() {
        Map<String, String> env = new HashMap<>(QUICK_START);
        env.put("JSON_CONSOLE", "maybe");
        env.put("ETH_FINALITY_DEPTH", "fifty");
        env.put("DATABASE_LOCKING_MODE", "both");
        env.put("MINIMUM_CONTRACT_PAYMENT", "1");
        env.put("SHUTDOWN_GRACE_PERIOD", "5");

        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(List.of(), List.of(), env));

        assertThat(refused.getMessage().lines())
                .startsWith("invalid environment:")
                .contains(
                        "\t- JSON_CONSOLE:1:1: Log.JSONConsole: invalid value: must be true or false",
                        "\t- ETH_FINALITY_DEPTH:1:1: EVM.FinalityDepth: invalid value (fifty): must be a whole number",
                        "\t- DATABASE_LOCKING_MODE:1:1: Database.Lock.Enabled: invalid value (both): must be one of"
                                + " advisorylock, dual, lease, none")
                .hasSize(6);
        assertThat(refused.getMessage()).doesNotContain(CANARY);
    }

    @Test
    void listOfNodes_makesTheirChains() {
        NodeConfig config = ConfigLoader.load(
                List.of(),
                List.of(),
                Map.of(
                        "DATABASE_URL",
                        QUICK_START.get("DATABASE_URL"),
                        "EVM_NODES",
                        """
                        [{"name":"a","evmChainId":"137","wsUrl":"wss://a.test","httpUrl":"https://a.test"},
                         {"name":"b","evmChainId":137,"httpUrl":"https://b.test","sendOnly":true},
                         {"name":"c","evmChainId":"1","wsUrl":"wss://c.test","httpUrl":"https://c.test"}]
                        """,
                        "ETH_FINALITY_DEPTH",
                        "77",
                        "CL_PASSWORD_KEYSTORE",
                        "a password of the keystore"));

        assertThat(config.evm())
                .extracting(chain -> chain.chainId() + ":"
                        + chain.nodes().stream().map(EvmNode::name).collect(Collectors.joining(",")))
                .containsExactly("137:a,b", "1:c");
        assertThat(config.evm()).extracting(EvmConfig::finalityDepth).containsOnly(77L);
    }

    @Test
    void endpointsThatContradictEachOther_areRefused() {
        assertThat(refusal(Map.of("ETH_URL", "ws://x.test", "EVM_NODES", "[]", "ETH_CHAIN_ID", "1")))
                .contains("ETH_URL must not be set together with EVM_NODES");
        assertThat(refusal(Map.of("ETH_URL", "ws://x.test"))).contains("ETH_URL needs ETH_CHAIN_ID");
        assertThat(refusal(Map.of("EVM_NODES", "{"))).contains("EVM_NODES is not JSON");
        assertThat(refusal(Map.of("EVM_NODES", "{}"))).contains("must be a JSON array");
        assertThat(refusal(Map.of("EVM_NODES", "[{\"name\":\"a\",\"evmChainId\":\"x\"}]")))
                .contains("unable to convert x to Big");
    }

    private static String refusal(Map<String, String> env) {
        return catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(List.of(), List.of(), env))
                .getMessage();
    }

    @Test
    void theLaterName_winsOverItsAlias() {
        Map<String, String> env = new HashMap<>(QUICK_START);
        env.put("BLOCK_HISTORY_ESTIMATOR_TRANSACTION_PERCENTILE", "33");
        env.put("BLOCK_EMISSION_IDLE_WARNING_THRESHOLD", "9m");
        env.put("NODE_NO_NEW_HEADS_THRESHOLD", "4m");

        EvmConfig chain = ConfigLoader.load(List.of(), List.of(), env).evm().getFirst();

        assertThat(chain.gasEstimator().blockHistory().transactionPercentile()).isEqualTo(33);
        assertThat(chain.noNewHeadsThreshold()).isEqualTo(Duration.ofMinutes(4));
    }

    /** Every variable that the Go node 2 refuses beside files is one that this node knows what to do with. */
    @Test
    void everyVariableOfTheGoNode_isInTheTable() {
        List<String> known =
                LegacyVariable.all().stream().map(LegacyVariable::name).toList();

        assertThat(known).doesNotHaveDuplicates().containsAll(Environment.legacyVariables());
    }

    /** A value of the right kind reaches its key, whatever the key is. */
    @TestFactory
    Stream<DynamicTest> everyVariableThatIsAKey_reachesIt() {
        return LegacyVariable.all().stream()
                .filter(variable -> variable.use() instanceof Use.Key
                        || variable.use() instanceof Use.ChainKey
                        || variable.use() instanceof Use.SecretKey)
                .map(variable -> DynamicTest.dynamicTest(variable.name(), () -> reaches(variable)));
    }

    private static void reaches(LegacyVariable variable) {
        Map<String, String> env = new TreeMap<>(Map.of("ETH_CHAIN_ID", "1"));
        env.put(variable.name(), sample(variable.name()));

        LegacyEnvironment.Translation translation = LegacyEnvironment.translate(env);

        assertThat(translation.faults()).isEmpty();
        String path =
                switch (variable.use()) {
                    case Use.Key(String key) -> key;
                    case Use.ChainKey(String key) -> key;
                    case Use.SecretKey(String key) -> key;
                    case Use.Endpoint _, Use.Client _, Use.Gone _ -> throw new AssertionError(variable);
                };
        Section holder =
                switch (variable.use()) {
                    case Use.SecretKey _ -> translation.secrets();
                    case Use.ChainKey _ -> translation.config().list("EVM").getFirst();
                    case Use.Key _, Use.Endpoint _, Use.Client _, Use.Gone _ -> translation.config();
                };
        assertThat(holder.value(path, Object.class)).as(path).isPresent();
        assertThat(holder.positionOf(path)).map(ConfigFault.Position::file).contains(variable.name());
    }

    private static final Map<String, String> SAMPLES = Map.ofEntries(
            Map.entry("DATABASE_LOCKING_MODE", "lease"),
            Map.entry("P2P_NETWORKING_STACK", "V2"),
            Map.entry("GAS_ESTIMATOR_MODE", "Optimism2"),
            Map.entry("NODE_SELECTION_MODE", "HighestHead"),
            Map.entry("DATABASE_BACKUP_MODE", "lite"),
            Map.entry("AUDIT_LOGGER_HEADERS", "Authorization||token\\X-Other||more"),
            Map.entry("P2PV2_LISTEN_ADDRESSES", "127.0.0.1:1 127.0.0.1:2"),
            Map.entry("P2PV2_BOOTSTRAPPERS", "12D3KooWHfYFQ8hGttAYbMCevQVESEQhzJAqFZokMVtom8bNxwGq@127.0.0.1:9"),
            Map.entry("P2P_PEER_ID", "12D3KooWHfYFQ8hGttAYbMCevQVESEQhzJAqFZokMVtom8bNxwGq"),
            Map.entry("OCR_TRANSMITTER_ADDRESS", "0x613a38AC1659769640aaE063C651F48E0250454C"),
            Map.entry("OCR_KEY_BUNDLE_ID", "7a5f66bbe6594259325bf2b4f5b1a9c900000000000000000000000000000000"),
            Map.entry("OCR2_KEY_BUNDLE_ID", "7a5f66bbe6594259325bf2b4f5b1a9c900000000000000000000000000000000"),
            Map.entry("LOG_LEVEL", "warn"));

    /** Tries what the kinds of keys take, in an order in which the first that is right is meant. */
    private static String sample(String name) {
        String known = SAMPLES.get(name);
        if (known != null) {
            return known;
        }
        return Stream.of("true", "30s", "7", "0.5", "http://x.test", "0x613a38AC1659769640aaE063C651F48E0250454C")
                .filter(text -> LegacyEnvironment.translate(Map.of("ETH_CHAIN_ID", "1", name, text))
                        .faults()
                        .isEmpty())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sample fits " + name));
    }
}
