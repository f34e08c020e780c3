package io.carabiner.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carabiner.config.ApiGeneration;
import io.carabiner.config.ConfigPrinter.ChainText;
import io.carabiner.config.ConfigPrinter.NodeText;
import io.carabiner.primitives.ChainId;
import io.carabiner.rpc.EndpointReport;
import io.carabiner.web.WebServices.ChainAccess;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chains and their endpoints as they are configured (Go node 2.15 and 2.31, core/web/chains_controller.go and
 * nodes_controller.go). The types are those of the generation that the configuration names. There is no network but
 * {@code evm} here; the others are empty lists, as on a Go node without them.
 */
final class ChainRoutes {

    private static final String EVM = "evm";
    /** As the Go node calls what the pool does not know. */
    private static final String NOT_LOADED = "NotLoaded";

    /** The fields of a chain; 2.15 has no network. */
    record ChainAttributes(
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> network, boolean enabled, String config) {}

    /** The fields of an endpoint. */
    record NodeAttributes(String chainID, String name, String config, String state) {}

    private final List<ChainText> chains;
    private final List<ChainAccess> running;
    private final boolean newNames;

    ChainRoutes(WebServices services) {
        this.chains = services.about().chains();
        this.running = services.oracle().chains();
        this.newNames = services.about().generation() == ApiGeneration.V2_31;
    }

    List<Route> routes() {
        Access view = Access.role(Role.VIEW);
        return List.of(
                Route.get("/v2/chains", view, call -> chains(call, chains)),
                Route.get("/v2/chains/:network", view, call -> chains(call, isEvm(call) ? chains : List.of())),
                Route.get("/v2/chains/:network/:ID", view, this::chain),
                Route.get("/v2/chains/:network/:ID/nodes", view, this::nodesOfChain),
                Route.get("/v2/nodes", view, call -> nodes(call, chains)),
                Route.get("/v2/nodes/:network", view, call -> nodes(call, isEvm(call) ? chains : List.of())));
    }

    private static boolean isEvm(Call call) {
        return call.parameter("network").equals(EVM);
    }

    private Answer chains(Call call, List<ChainText> shown) {
        Page page = Page.of(call, Page.SIZE_DEFAULT);
        return JsonApi.page(
                call, page, page.of(shown).stream().map(this::resource).toList(), shown.size());
    }

    private Answer chain(Call call) {
        String id = call.parameter("ID");
        return find(call)
                .map(found -> JsonApi.one(resource(found)))
                .orElseThrow(() -> WebException.refused(
                        400,
                        "not found: error getting chain status: relayer does not exist: {" + call.parameter("network")
                                + " " + id + "}"));
    }

    private Answer nodesOfChain(Call call) {
        ChainText chain = find(call)
                .orElseThrow(() -> WebException.refused(
                        404,
                        "error getting paged node: relayer " + call.parameter("network") + "." + call.parameter("ID")
                                + " does not exist"));
        return nodes(call, List.of(chain));
    }

    private Optional<ChainText> find(Call call) {
        return isEvm(call)
                ? chains.stream()
                        .filter(chain -> chain.id().toString().equals(call.parameter("ID")))
                        .findFirst()
                : Optional.empty();
    }

    private Answer nodes(Call call, List<ChainText> shown) {
        Page page = Page.of(call, Page.SIZE_DEFAULT);
        List<Resource> all = shown.stream().flatMap(this::resources).toList();
        return JsonApi.page(call, page, page.of(all), all.size());
    }

    private Resource resource(ChainText chain) {
        Optional<String> network = newNames ? Optional.of(EVM) : Optional.empty();
        return new Resource(
                newNames ? "chain" : "evm_chain",
                chain.id().toString(),
                new ChainAttributes(network, true, chain.toml()));
    }

    private Stream<Resource> resources(ChainText chain) {
        String type = newNames ? "node" : "evm_node";
        return chain.nodes().stream()
                .map(node -> new Resource(type, chain.id() + "/" + node.name(), attributes(chain.id(), node)));
    }

    private NodeAttributes attributes(ChainId chain, NodeText node) {
        String state = running.stream()
                .filter(access -> access.id().equals(chain))
                .flatMap(access -> access.rpcStatus().endpoints().stream())
                .filter(endpoint -> endpoint.name().equals(node.name()))
                .map(EndpointReport::state)
                .findFirst()
                .orElse(NOT_LOADED);
        return new NodeAttributes(chain.toString(), node.name(), node.toml(), state);
    }
}
