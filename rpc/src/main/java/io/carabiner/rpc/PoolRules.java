package io.carabiner.rpc;

import io.carabiner.config.SelectionMode;
import java.time.Duration;

/**
 * How a chain's endpoints are chosen and watched: {@code EVM.NodePool}, whose keys have the Go node's names.
 *
 * @param syncThreshold blocks behind the best endpoint from which one is asked last; 0 for off
 * @param pollInterval the least time between two looks at an endpoint that is not asked otherwise; zero for no looks
 * @param leaseDuration how often the subscription moves to the best endpoint; zero for only when it must
 * @param finalizedPoll whether those looks also ask for the finalized block
 * @param repeatableRead whether a finalized block below one that was given before is refused
 * @param errors the operator's words for refusals of reads
 */
record PoolRules(
        SelectionMode mode,
        long syncThreshold,
        Duration pollInterval,
        Duration leaseDuration,
        boolean nodeIsSyncingEnabled,
        boolean finalizedPoll,
        boolean repeatableRead,
        RpcLimits limits,
        RpcErrors errors) {}
