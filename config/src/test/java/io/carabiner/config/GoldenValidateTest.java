package io.carabiner.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code node validate} against what the Go node 2.15.0 answered to the same files. */
class GoldenValidateTest {

    /** The command line decides these, before any file is read. */
    private static final Set<String> OF_THE_COMMAND_LINE =
            Set.of("012-flags-on-both-levels", "017-config-validate-is-deprecated");

    /** Where our verdict differs on purpose; what it is instead. */
    private static final Map<String, String> DIFFERENT_VERDICT = new HashMap<>(Map.of(
            "038-mercury-same-url-twice",
            "Mercury.URL: invalid value (xxxxx): duplicate - must be unique, see two",
            "055-both-ports-0",
            "WebServer.HTTPPort: invalid value (0): You must specify at least one port to listen on",
            "074-bad-backup-mode",
            "Database.Backup.Mode: invalid value (sometimes): must be one of none, lite, full",
            "076-backup-frequency-short",
            "Database.Backup.Frequency: invalid value (1s): must be 0 (no periodic backups) or at least 1m0s",
            "089-unknown-authentication",
            "WebServer.AuthenticationMethod: invalid value (magic): must be one of local, ldap, oidc",
            "099-chain-id-negative",
            "EVM.0.ChainID: invalid value (-1): a chain id is 0 or more",
            "131-estimator-mode-unknown",
            "EVM.0.GasEstimator.Mode: invalid value (Guess): must be one of BlockHistory, FixedPrice, SuggestedPrice,"
                    + " L2Suggested, Arbitrum, FeeHistory",
            "151-selection-mode-unknown",
            "EVM.0.NodePool.SelectionMode: invalid value (Dice): must be one of HighestHead, RoundRobin,"
                    + " PriorityLevel, TotalDifficulty"));

    static {
        DIFFERENT_VERDICT.put("088-ldap-incomplete", """
                WebServer: 2 errors:
                		- AuthenticationMethod: invalid value (ldap): this version knows local only
                		- LDAP.BaseDN: invalid value (<nil>): LDAP BaseDN can not be empty""");
        DIFFERENT_VERDICT.put("103-only-send-only", "EVM.0.Nodes: missing: must have at least one primary node");
        DIFFERENT_VERDICT.put(
                "106-node-without-ws",
                "EVM.0.Nodes: missing: 0th node (primary) must have a valid WSURL when LogBroadcaster is enabled");
        DIFFERENT_VERDICT.put("109-node-url-empty", """
                EVM.0: 2 errors:
                			- Nodes: missing: 0th node (primary) must have a valid WSURL when LogBroadcaster is enabled
                			- Nodes.0: 2 errors:
                					- Name: empty: required for all nodes
                					- HTTPURL: empty: required for all nodes""");
        DIFFERENT_VERDICT.put(
                "116-chain-type-unknown",
                "EVM.0.ChainType: invalid value (nope): must be one of arbitrum, astar, celo, gnosis, hedera, kroma,"
                        + " mantle, metis, optimismBedrock, pharos, rootstock, scroll, sei, tron, wemix, xlayer,"
                        + " zircuit, zkevm, zksync or omitted");
        DIFFERENT_VERDICT.put(
                "126-fee-cap-below-tip-cap",
                "EVM.0.GasEstimator.FeeCapDefault: invalid value (1 gwei): must be greater than or equal to"
                        + " TipCapDefault");
        DIFFERENT_VERDICT.put("129-price-order", """
                EVM.0.GasEstimator: 2 errors:
                				- PriceMin: invalid value (10 gwei): must be less than or equal to PriceDefault
                				- PriceMax: invalid value (8 gwei): must be greater than or equal to PriceDefault""");
        DIFFERENT_VERDICT.put("153-everything-wrong", """
                5 errors:
                	- P2P.V2.Enabled: invalid value (false): P2P required for OCR or OCR2. Please enable P2P or disable OCR/OCR2.
                	- Database.Lock.LeaseRefreshInterval: invalid value (4s): must be less than or equal to half of LeaseDuration (5s)
                	- WebServer: 2 errors:
                		- AuthenticationMethod: invalid value (ldap): this version knows local only
                		- LDAP.BaseDN: invalid value (<nil>): LDAP BaseDN can not be empty
                	- Insecure.DevWebServer: invalid value (true): insecure configs are not allowed on secure builds
                	- EVM: 6 errors:
                		- 1.ChainID: invalid value (1): duplicate - must be unique
                		- 1.Nodes.0.Name: invalid value (a): duplicate - must be unique
                		- 0: 5 errors:
                			- ChainType: invalid value (arbitrum): must not be set with this chain id
                			- Nodes: missing: 0th node (primary) must have a valid WSURL when LogBroadcaster is enabled
                			- FinalityDepth: invalid value (0): must be greater than or equal to 1
                			- GasEstimator.BumpPercent: invalid value (1): may not be less than Geth's default of 10
                			- Nodes.0.HTTPURL: missing: required for all nodes
                		- 1.Nodes.0: 3 errors:
                					- WSURL: invalid value (http): must be ws or wss
                					- HTTPURL: invalid value (ws): must be http or https
                					- Order: invalid value (500): must be between 1 and 100
                		- 2: 2 errors:
                			- ChainID: missing: required for all chains
                			- Nodes: missing: must have at least one node
                		- 3.Nodes: missing: must have at least one node""");
        DIFFERENT_VERDICT.put("154-empty-chain-section-crashes", """
                EVM.0: 2 errors:
                			- ChainID: missing: required for all chains
                			- Nodes: missing: must have at least one node""");
        DIFFERENT_VERDICT.put("155-several-errors-in-values", """
                5 errors:
                	- P2P.V2.Enabled: invalid value (false): P2P required for OCR or OCR2. Please enable P2P or disable OCR/OCR2.
                	- Database.Lock.LeaseRefreshInterval: invalid value (4s): must be less than or equal to half of LeaseDuration (5s)
                	- WebServer: 2 errors:
                		- AuthenticationMethod: invalid value (ldap): this version knows local only
                		- LDAP.BaseDN: invalid value (<nil>): LDAP BaseDN can not be empty
                	- Insecure.DevWebServer: invalid value (true): insecure configs are not allowed on secure builds
                	- EVM: 3 errors:
                		- 0: 5 errors:
                			- ChainType: invalid value (arbitrum): must not be set with this chain id
                			- Nodes: missing: 0th node (primary) must have a valid WSURL when LogBroadcaster is enabled
                			- FinalityDepth: invalid value (0): must be greater than or equal to 1
                			- GasEstimator.BumpPercent: invalid value (1): may not be less than Geth's default of 10
                			- Nodes.0.HTTPURL: missing: required for all nodes
                		- 1: 2 errors:
                			- ChainID: missing: required for all chains
                			- Nodes: missing: must have at least one node
                		- 2.Nodes.0: 3 errors:
                					- WSURL: invalid value (http): must be ws or wss
                					- HTTPURL: invalid value (ws): must be http or https
                					- Order: invalid value (500): must be between 1 and 100""");
    }

    /** Where what was set is printed differently on purpose. */
    private static final Set<String> DIFFERENT_INPUT = Set.of("152-other-networks");

    /**
     * Faults that keep a file from being decoded: the Go node's words, which ours contain, and our place of the fault.
     */
    private static final Map<String, List<String>> UNDECODABLE = Map.ofEntries(
            Map.entry("010-cl-config-bad", List.of("failed to decode config TOML: CL_CONFIG:1:2: ")),
            Map.entry("013-config-file-missing", List.of("failed to read config file: ", "no such file or directory")),
            Map.entry(
                    "014-secrets-file-missing", List.of("failed to read secrets file: ", "no such file or directory")),
            Map.entry(
                    "021-same-secret-in-two-files",
                    List.of(
                            "invalid secrets: 2 errors:\n\t- Database.URL: overrides (duplicate keys or list elements) are not"
                                    + " allowed for multiple secrets files\n\t- Password.Keystore: overrides (duplicate keys or"
                                    + " list elements) are not allowed for multiple secrets files")),
            Map.entry("030-database-url-bad", List.of(":2:1: Database.URL: failed to parse url: xxxxx")),
            Map.entry("034-unknown-secret", List.of(":5:1: Nope: missing table")),
            Map.entry(
                    "035-secret-of-the-wrong-type",
                    List.of(":4:1: Password.Keystore: cannot decode TOML integer into struct field")),
            Map.entry("039-not-toml", List.of(":1:6: ", "expected . or =")),
            Map.entry("040-unknown-key", List.of(":1:1: Nope: missing field")),
            Map.entry("041-unknown-key-in-a-section", List.of(":2:1: Log.Levle: missing field", "did you mean Level?")),
            Map.entry("042-unknown-section", List.of(":1:1: Nope: missing table")),
            Map.entry(
                    "043-two-unknown-keys",
                    List.of("TOML: 2 errors:", ":2:1: Log.A: missing field", ":4:1: WebServer.B: missing field")),
            Map.entry("044-unknown-evm-key", List.of(":3:1: EVM.0.Nope: missing field")),
            Map.entry("045-key-twice", List.of(":3:1: Level previously defined at line 2")),
            Map.entry("046-section-twice", List.of(":3:1: Log previously defined at line 1")),
            Map.entry("049-legacy-key-of-1-x", List.of(":1:1: ExplorerURL: missing field")),
            Map.entry("053-port-too-big", List.of(":2:1: WebServer.HTTPPort: number 70000 does not fit in an uint16")),
            Map.entry(
                    "138-price-bad",
                    List.of(
                            ":4:1: EVM.0.GasEstimator.PriceDefault: unable to parse \"cheap\": can't convert cheap to decimal")));

    static Stream<String> cases() {
        return Golden.names().stream().filter(name -> !OF_THE_COMMAND_LINE.contains(name));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void validate_answersAsTheGoNodeDid(String name) {
        Golden golden = Golden.named(name);
        ConfigCheck ours = golden.check();

        assertThat(ours.valid()).isEqualTo(golden.valid() && !DIFFERENT_VERDICT.containsKey(name));
        if (DIFFERENT_VERDICT.containsKey(name)) {
            assertThat(ours.output().isEmpty() ? ours.error() : Golden.verdict(ours.output()))
                    .contains(DIFFERENT_VERDICT.get(name));
        } else if (!golden.output().isEmpty()) {
            assertThat(Golden.verdict(ours.output())).isEqualTo(Golden.verdict(golden.output()));
        } else if (golden.error().contains("must be unique")) {
            assertThat("Error running app: "
                            + Golden.verdict(ours.output()).substring("Invalid configuration: ".length()))
                    .isEqualTo(golden.error().strip());
        } else {
            assertThat(ours.error()).contains(UNDECODABLE.getOrDefault(name, List.of(reason(golden.error()))));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void validate_printsSecretsMaskedAndWhatWasSet(String name) {
        Golden golden = Golden.named(name);
        ConfigCheck ours = golden.check();
        if (golden.output().isEmpty() || ours.output().isEmpty() || DIFFERENT_INPUT.contains(name)) {
            return;
        }
        String recorded = golden.output();
        int end = recorded.indexOf("# Effective Configuration");
        String head = recorded.substring(0, end < 0 ? recorded.indexOf(Golden.verdict(recorded)) : end);
        assertThat(ours.output()).startsWith(head);
    }

    @Test
    void everyDifference_isAboutARecordedCase() {
        assertThat(Golden.names()).containsAll(DIFFERENT_VERDICT.keySet()).containsAll(UNDECODABLE.keySet());
    }

    /** The Go node's message without its names for the program and the parser. */
    private static String reason(String error) {
        return error.strip().replaceFirst("^Error running app: failed to decode (config|secrets) TOML: toml: ", "");
    }
}
