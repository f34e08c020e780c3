package io.carabiner.rpc;

import io.carabiner.config.EvmConfig;
import io.carabiner.config.EvmNode;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import java.time.Duration;
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

    static EndpointPool pool(EvmConfig config, RpcMeter meter, TimeSource time, EndpointWatch watch) {
        Optional<ChainId> expected =
                config.nodePool().verifyChainId() ? Optional.of(config.chainId()) : Optional.empty();
        RpcLimits limits = limits(config);
        List<Endpoint> endpoints = new ArrayList<>();
        for (EvmNode node : config.nodes()) {
            endpoints.add(new Endpoint(spec(node, limits, expected), limits, meter, time, watch));
            node.httpUrlExtraWrite().ifPresent(uri -> {
                EndpointUrl url = new EndpointUrl(node.name() + " (extra write)", "HTTPURLExtraWrite", uri);
                Endpoint.Spec extra = new Endpoint.Spec(
                        url.node(), node.order(), true, new HttpTransport(url, limits), Optional.empty(), expected);
                endpoints.add(new Endpoint(extra, limits, meter, time, watch));
            });
        }
        return new EndpointPool(config.chainId(), endpoints);
    }

    private static RpcLimits limits(EvmConfig config) {
        RpcLimits defaults = RpcLimits.DEFAULTS;
        Duration query = defaults.queryTimeout();
        return new RpcLimits(
                defaults.connectTimeout(),
                query,
                defaults.answerMaxBytes(),
                defaults.backoffMin(),
                defaults.backoffMax(),
                Math.toIntExact(Math.max(1, config.nodePool().pollFailureThreshold())));
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
