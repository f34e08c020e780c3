package io.carabiner.node;

import io.carabiner.config.NodeConfig;
import io.carabiner.fluxmonitor.FluxMonitorJobs;

/** The flux monitor jobs of this node: what they need, from its configuration and its other rooms. */
final class Feeds {

    private Feeds() {}

    static FluxMonitorJobs open(Foundation foundation, ChainRooms chains) {
        NodeConfig config = foundation.config();
        return new FluxMonitorJobs(new FluxMonitorJobs.Needs(
                foundation.database(),
                foundation.time(),
                foundation.metrics(),
                foundation.health(),
                chains.chains().values().stream()
                        .map(ChainRooms.ChainRoom::chain)
                        .toList(),
                chains::manager,
                foundation.keystore().eth(),
                new FluxMonitorJobs.Settings(
                        config.jobPipeline().httpRequest().defaultTimeout(),
                        config.fluxMonitor().simulateTransactions(),
                        config.fluxMonitor().defaultTransactionQueueDepth())));
    }
}
