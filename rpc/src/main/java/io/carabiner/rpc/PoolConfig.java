package io.carabiner.rpc;

import io.carabiner.config.EvmConfig;
import io.carabiner.config.EvmNode;
import io.carabiner.primitives.ChainId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds endpoints from the configuration of their chain. */
final class PoolConfig {

    private PoolConfig() {}

    static SendErrors sendErrors(EvmConfig config) {
        return new SendErrors(
                operatorErrors(config.nodePool().errors()), config.chainType().map(Object::toString));
    }

    static EndpointPool pool(EvmConfig config, PoolContext context, RpcBudget budget) {
        Optional<ChainId> expected =
                config.nodePool().verifyChainId() ? Optional.of(config.chainId()) : Optional.empty();
        PoolRules rules = rules(config);
        List<Endpoint> endpoints = new ArrayList<>();
        for (EvmNode node : config.nodes()) {
            endpoints.add(new Endpoint(spec(node, rules.limits(), expected), rules, context));
            node.httpUrlExtraWrite().ifPresent(uri -> {
                EndpointUrl url = new EndpointUrl(node.name() + " (extra write)", "HTTPURLExtraWrite", uri);
                HttpTransport transport = new HttpTransport(url, rules.limits());
                Endpoint.Spec extra =
                        new Endpoint.Spec(url.node(), node.order(), true, transport, Optional.empty(), expected);
                endpoints.add(new Endpoint(extra, rules, context));
            });
        }
        return new EndpointPool(config.chainId(), endpoints, rules, context, budget);
    }

    private static PoolRules rules(EvmConfig config) {
        EvmConfig.NodePool pool = config.nodePool();
        return new PoolRules(
                pool.selectionMode(),
                pool.syncThreshold(),
                pool.pollInterval(),
                pool.leaseDuration(),
                pool.nodeIsSyncingEnabled(),
                config.finalityTagEnabled() && pool.finalizedBlockPollInterval().isPositive(),
                pool.enforceRepeatableRead(),
                limits(pool.pollFailureThreshold()),
                new RpcErrors(
                        pool.errors().tooManyResults().filter(words -> !words.isEmpty()),
                        pool.errors().missingBlocks().filter(words -> !words.isEmpty())));
    }

    private static RpcLimits limits(long failuresMax) {
        RpcLimits defaults = RpcLimits.DEFAULTS;
        return new RpcLimits(
                defaults.connectTimeout(),
                defaults.queryTimeout(),
                defaults.answerMaxBytes(),
                defaults.backoffMin(),
                defaults.backoffMax(),
                failuresMax == 0 ? Integer.MAX_VALUE : Math.toIntExact(Math.min(failuresMax, Integer.MAX_VALUE)));
    }

    /** Requests go over HTTP where it is configured, else over the WebSocket that also brings the heads. */
    private static Endpoint.Spec spec(EvmNode node, RpcLimits limits, Optional<ChainId> expected) {
        Optional<WebSocketTransport> ws = node.wsUrl()
                .map(uri -> new WebSocketTransport(new EndpointUrl(node.name(), "WSURL", uri), limits, expected));
        Optional<RpcTransport> http =
                node.httpUrl().map(uri -> new HttpTransport(new EndpointUrl(node.name(), "HTTPURL", uri), limits));
        RpcTransport calls = http.or(() -> ws.map(RpcTransport.class::cast))
                .orElseThrow(() -> new IllegalArgumentException("node " + node.name() + " has no URL"));
        Optional<WebSocketTransport> heads = node.sendOnly() ? Optional.empty() : ws;
        return new Endpoint.Spec(node.name(), node.order(), node.sendOnly(), calls, heads, expected);
    }

    private static Map<SendErrorTable.Category, String> operatorErrors(EvmConfig.ClientErrors errors) {
        Map<SendErrorTable.Category, String> map = new EnumMap<>(SendErrorTable.Category.class);
        put(map, SendErrorTable.Category.FATAL, errors.fatal());
        put(map, SendErrorTable.Category.NONCE_TOO_LOW, errors.nonceTooLow());
        put(map, SendErrorTable.Category.NONCE_TOO_HIGH, errors.nonceTooHigh());
        put(map, SendErrorTable.Category.REPLACEMENT_UNDERPRICED, errors.replacementTransactionUnderpriced());
        put(map, SendErrorTable.Category.LIMIT_REACHED, errors.limitReached());
        put(map, SendErrorTable.Category.ALREADY_IN_MEMPOOL, errors.transactionAlreadyInMempool());
        put(map, SendErrorTable.Category.UNDERPRICED, errors.terminallyUnderpriced());
        put(map, SendErrorTable.Category.INSUFFICIENT_FUNDS, errors.insufficientEth());
        put(map, SendErrorTable.Category.FEE_EXCEEDS_CAP, errors.txFeeExceedsCap());
        put(map, SendErrorTable.Category.L2_FEE_TOO_LOW, errors.l2FeeTooLow());
        put(map, SendErrorTable.Category.L2_FEE_TOO_HIGH, errors.l2FeeTooHigh());
        put(map, SendErrorTable.Category.L2_FULL, errors.l2Full());
        put(map, SendErrorTable.Category.ALREADY_MINED, errors.transactionAlreadyMined());
        put(map, SendErrorTable.Category.SERVICE_UNAVAILABLE, errors.serviceUnavailable());
        return map;
    }

    private static void put(
            Map<SendErrorTable.Category, String> map, SendErrorTable.Category category, Optional<String> expression) {
        expression.filter(words -> !words.isEmpty()).ifPresent(words -> map.put(category, words));
    }
}
