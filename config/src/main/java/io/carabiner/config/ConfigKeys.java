package io.carabiner.config;

import java.util.List;
import java.util.stream.Stream;

/** The table of all keys. Everything else about keys (reading, printing, documentation, tests) follows from it. */
final class ConfigKeys {

    /** Chains of other kinds: their sections are taken as they are, so that a Go node's file can be used. */
    private static final List<ConfigKey> OTHER_NETWORKS = Stream.of(
                    "Cosmos", "Solana", "Starknet", "Aptos", "Tron", "Sui", "TON")
            .map(name -> ConfigKey.key(
                    name,
                    KeyTypes.ANY,
                    ConfigKey.UNSET,
                    ConfigKey.Use.INERT,
                    "Chains of the kind " + name + ": accepted and left alone."))
            .toList();

    private static final List<ConfigKey> ALL = Stream.of(
                    FoundationKeys.ALL,
                    WorkKeys.ALL,
                    WorkflowKeys.ALL,
                    EvmKeys.ALL,
                    EvmNetworkKeys.ALL,
                    OTHER_NETWORKS,
                    CarabinerKeys.ALL)
            .flatMap(List::stream)
            .toList();

    private ConfigKeys() {}

    /** The keys of configuration files, in the order in which they are printed. */
    static List<ConfigKey> all() {
        return ALL;
    }

    /** The keys of secrets files, in the order in which they are printed. */
    static List<ConfigKey> secrets() {
        return SecretKeys.ALL;
    }
}
