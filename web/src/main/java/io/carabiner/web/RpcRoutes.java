package io.carabiner.web;

import io.carabiner.primitives.ChainId;
import io.carabiner.rpc.EndpointReport;
import io.carabiner.rpc.RpcUsage;
import io.carabiner.web.WebServices.ChainAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How the RPC endpoints do and what they are asked. The Go node's API has nothing like it. */
final class RpcRoutes {

    /**
     * The fields of an endpoint; null where nothing is known yet.
     *
     * @param host scheme, host and port only
     * @param errorRate 0 to 1
     * @param logRangeMax the most blocks of one eth_getLogs that it takes, if it refused more
     */
    record EndpointAttributes(
            String evmChainID,
            String name,
            String host,
            boolean sendOnly,
            String state,
            String problem,
            int health,
            @Nullable Long block,
            long lagBlocks,
            @Nullable Long p50Millis,
            @Nullable Long p95Millis,
            double errorRate,
            long callsToday,
            String clientVersion,
            @Nullable Integer batchMax,
            @Nullable Long logRangeMax,
            @Nullable Boolean finalityTag,
            @Nullable Boolean logsBloom) {}

    /** The fields of a chain's usage: today in UTC, counted as providers bill. */
    record UsageAttributes(String evmChainID, String day, long callsToday, long dailyCallsMax, List<UsageLine> calls) {}

    /** One line of a chain's usage. */
    record UsageLine(String endpoint, String consumer, String method, long calls) {}

    private final List<ChainAccess> chains;

    RpcRoutes(List<ChainAccess> chains) {
        this.chains = chains;
    }

    List<Route> routes() {
        Access view = Access.role(Role.VIEW);
        return List.of(
                Route.get("/v2/rpc/endpoints", view, this::endpoints), Route.get("/v2/rpc/usage", view, this::usage));
    }

    private Answer endpoints(Call call) {
        List<Resource> resources = new ArrayList<>();
        for (ChainAccess chain : chains) {
            chain.rpcStatus().endpoints().forEach(endpoint -> resources.add(resource(chain.id(), endpoint)));
        }
        return JsonApi.list(200, resources);
    }

    private Answer usage(Call call) {
        return JsonApi.list(
                200,
                chains.stream()
                        .map(chain -> resource(chain.id(), chain.rpcStatus().usage()))
                        .toList());
    }

    private static Resource resource(ChainId chain, EndpointReport endpoint) {
        EndpointAttributes attributes = new EndpointAttributes(
                chain.toString(),
                endpoint.name(),
                endpoint.host(),
                endpoint.sendOnly(),
                endpoint.state(),
                endpoint.problem(),
                endpoint.health(),
                orNull(endpoint.block()),
                endpoint.lagBlocks(),
                millis(endpoint.p50()),
                millis(endpoint.p95()),
                Math.round(endpoint.errorRate() * 1000) / 1000.0,
                endpoint.callsToday(),
                endpoint.clientVersion(),
                endpoint.learned().batchMax().orElse(null),
                orNull(endpoint.learned().logRangeMax()),
                endpoint.learned().finalityTag().orElse(null),
                endpoint.learned().bloom().orElse(null));
        return new Resource("rpcEndpoints", chain + "/" + endpoint.name(), attributes);
    }

    private static Resource resource(ChainId chain, RpcUsage usage) {
        List<UsageLine> lines = usage.lines().stream()
                .map(line -> new UsageLine(line.node(), line.consumer(), line.method(), line.calls()))
                .toList();
        UsageAttributes attributes = new UsageAttributes(
                chain.toString(), usage.day().toString(), usage.total(), usage.dailyCallsMax(), lines);
        return new Resource("rpcUsages", chain.toString(), attributes);
    }

    private static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? (Long) value.getAsLong() : null;
    }

    private static @Nullable Long millis(Optional<Duration> duration) {
        return duration.map(Duration::toMillis).orElse(null);
    }
}
