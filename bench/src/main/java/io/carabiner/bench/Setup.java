package io.carabiner.bench;

import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * What is special about a world.
 *
 * @param nodeSettings TOML that is added to the node's configuration, tables of its own
 * @param chainSettings TOML that is added to the chain's entry: tables that begin with {@code EVM.}
 * @param wrapper words in front of the node's command line, such as a shell that sets a limit
 * @param postgresSettings further settings of the server
 * @param databasePort the port the node connects to, from the server's; by it something can stand between
 * @param furtherEndpoints of the chain besides the first one, 0 or more
 */
record Setup(
        String nodeSettings,
        String chainSettings,
        List<String> wrapper,
        Map<String, String> postgresSettings,
        IntUnaryOperator databasePort,
        int furtherEndpoints) {

    /** What the Go node was measured with. */
    static final Setup USUAL = new Setup("""

            [JobPipeline]
            MaxSuccessfulRuns = 100000
            """, """

            [EVM.Transactions]
            MaxInFlight = 2000
            MaxQueued = 100000
            """, List.of(), Map.of(), port -> port, 0);

    Setup withSettings(String node, String chain) {
        return new Setup(node, chain, wrapper, postgresSettings, databasePort, furtherEndpoints);
    }

    Setup withWrapper(String... words) {
        return new Setup(nodeSettings, chainSettings, List.of(words), postgresSettings, databasePort, furtherEndpoints);
    }

    Setup withPostgres(Map<String, String> settings) {
        return new Setup(nodeSettings, chainSettings, wrapper, settings, databasePort, furtherEndpoints);
    }

    Setup withDatabaseBehind(IntUnaryOperator port) {
        return new Setup(nodeSettings, chainSettings, wrapper, postgresSettings, port, furtherEndpoints);
    }

    Setup withFurtherEndpoints(int count) {
        return new Setup(nodeSettings, chainSettings, wrapper, postgresSettings, databasePort, count);
    }
}
