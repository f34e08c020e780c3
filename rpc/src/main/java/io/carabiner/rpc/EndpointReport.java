package io.carabiner.rpc;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one endpoint does now.
 *
 * @param name the configured name
 * @param host scheme, host and port; never user, password, path or query
 * @param sendOnly whether it only takes transactions
 * @param state the Go node's word, such as {@code Alive}
 * @param problem why it is not used; empty if it is
 * @param health from 0 to 100
 * @param block its newest block, where it said one
 * @param lagBlocks how far behind the best endpoint it was when it last said
 * @param p50 what half of its answers keep; empty while too few are known
 * @param p95 what 95 of 100 answers keep
 * @param errorRate the share of requests without a usable answer, 0 to 1, over the last minutes
 * @param callsToday calls since midnight UTC, as providers bill them
 * @param clientVersion its answer to {@code web3_clientVersion}; empty if it gave none
 * @param learned what it can do
 */
public record EndpointReport(
        String name,
        String host,
        boolean sendOnly,
        String state,
        String problem,
        int health,
        OptionalLong block,
        long lagBlocks,
        Optional<Duration> p50,
        Optional<Duration> p95,
        double errorRate,
        long callsToday,
        String clientVersion,
        Learned learned) {

    /**
     * What an endpoint showed that it can do.
     *
     * @param batchMax the most calls of one request; empty while none was refused
     * @param logRangeMax the most blocks of one {@code eth_getLogs}; empty while none was refused
     * @param finalityTag whether it knows the tag {@code finalized}; empty while nobody asked
     * @param bloom whether it fills the logs bloom of headers in; empty before the first header
     */
    public record Learned(
            Optional<Integer> batchMax,
            OptionalLong logRangeMax,
            Optional<Boolean> finalityTag,
            Optional<Boolean> bloom) {}
}
