package io.carabiner.rpc;

import io.carabiner.primitives.ChainId;
import io.carabiner.telemetry.Counter;
import io.carabiner.telemetry.Gauge;
import io.carabiner.telemetry.Histogram;
import io.carabiner.telemetry.Metrics;
import java.util.Collection;
import java.util.List;

/** Counts calls by endpoint, consumer and method, under the Go node's metric names where it has them. Thread-safe. */
final class RpcMeter {

    private static final double[] CALL_TIME_NANOS = {5e7, 1e8, 2e8, 5e8, 1e9, 2e9, 4e9, 8e9};
    private static final String NETWORK = "EVM";

    private final String chain;
    private final Metrics metrics;
    private final UsageBook usage;
    private final Counter hedges;
    private final Counter disagreements;
    private final Counter calls;
    private final Counter failed;
    private final Counter success;
    private final Counter verifies;
    private final Counter verifiesFailed;
    private final Counter verifiesSuccess;
    private final Counter byConsumer;
    private final Histogram callTime;
    private final Gauge states;
    private final Gauge highestSeen;
    private final Counter seenBlocks;
    private final Counter violations;

    RpcMeter(ChainId chain, Metrics metrics, UsageBook usage) {
        this.usage = usage;
        this.chain = chain.toString();
        this.metrics = metrics;
        this.calls = perNode(
                "evm_pool_rpc_node_calls_total", "The approximate total number of RPC calls for the given RPC node");
        this.failed = perNode(
                "evm_pool_rpc_node_calls_failed",
                "The approximate total number of failed RPC calls for the given RPC node");
        this.success = perNode(
                "evm_pool_rpc_node_calls_success",
                "The approximate total number of successful RPC calls for the given RPC node");
        this.hedges = perNode(
                "evm_rpc_hedges",
                "The number of times another RPC node was asked as well because this one was slower than usual");
        this.disagreements = metrics.counter(
                "evm_rpc_disagreements",
                "The number of times RPC nodes answered the same call differently and no majority settled it",
                "evmChainID",
                "method");
        this.verifies =
                verify("pool_rpc_node_verifies", "The total number of chain ID verifications for the given RPC node");
        this.verifiesFailed = verify(
                "pool_rpc_node_verifies_failed",
                "The total number of failed chain ID verifications for the given RPC node");
        this.verifiesSuccess = verify(
                "pool_rpc_node_verifies_success",
                "The total number of successful chain ID verifications for the given RPC node");
        this.byConsumer = metrics.counter(
                "evm_rpc_calls",
                "The number of RPC calls by the part of the node that made them",
                "evmChainID",
                "nodeName",
                "consumer",
                "method");
        this.callTime = metrics.histogram(
                "evm_pool_rpc_node_rpc_call_time",
                "The duration of an RPC call in nanoseconds",
                CALL_TIME_NANOS,
                "evmChainID",
                "nodeName",
                "rpcHost",
                "isSendOnly",
                "success",
                "rpcCallName");
        this.states = metrics.gauge(
                "multi_node_states",
                "The number of RPC nodes currently in the given state for the given chain",
                "network",
                "chainId",
                "state");
        this.highestSeen = metrics.gauge(
                "pool_rpc_node_highest_seen_block",
                "The highest seen block for the given RPC node",
                "chainID",
                "nodeName");
        this.seenBlocks = metrics.counter(
                "pool_rpc_node_num_seen_blocks",
                "The total number of new blocks seen by the given RPC node",
                "chainID",
                "nodeName");
        this.violations = metrics.counter(
                "multi_node_invariant_violations",
                "The number of invariant violations",
                "network",
                "chainId",
                "invariant");
    }

    private Counter perNode(String name, String help) {
        return metrics.counter(name, help, "evmChainID", "nodeName");
    }

    private Counter verify(String name, String help) {
        return metrics.counter(name, help, "network", "chainID", "nodeName");
    }

    /** A request to one endpoint came back, or did not. */
    void called(EndpointUrl url, boolean sendOnly, String consumer, List<RpcCall> batch, long nanos, boolean worked) {
        calls.increment(chain, url.node());
        (worked ? success : failed).increment(chain, url.node());
        usage.add(url.node(), consumer, batch);
        for (RpcCall call : batch) {
            byConsumer.increment(chain, url.node(), consumer, call.method());
        }
        String name = batch.size() == 1 ? batch.getFirst().method() : "batch";
        callTime.observe(
                (double) nanos, chain, url.node(), url.host(), String.valueOf(sendOnly), String.valueOf(worked), name);
    }

    /** Another endpoint was asked as well, because this one did not answer in its usual time. */
    void hedged(String node) {
        hedges.increment(chain, node);
    }

    /** Endpoints answered a call differently, and no majority settled it. */
    void disagreed(String method) {
        disagreements.increment(chain, method);
    }

    /** One endpoint took a transaction and another one called it hopeless. */
    void disagreement() {
        violations.increment(NETWORK, chain, "broadcast: one endpoint accepts, another refuses for good");
    }

    void verified(String node, boolean worked) {
        verifies.increment(NETWORK, chain, node);
        (worked ? verifiesSuccess : verifiesFailed).increment(NETWORK, chain, node);
    }

    void transition(String node, EndpointState to) {
        metrics.counter(
                        "pool_rpc_node_num_transitions_to_" + to.metricSuffix(),
                        "Total number of times node has transitioned to " + to.word(),
                        "chainID",
                        "nodeName")
                .increment(chain, node);
    }

    void states(Collection<EndpointState> now) {
        for (EndpointState state : EndpointState.values()) {
            states.set((double) now.stream().filter(state::equals).count(), NETWORK, chain, state.word());
        }
    }

    void seen(String node, long block) {
        highestSeen.set((double) block, chain, node);
        seenBlocks.increment(chain, node);
    }
}
