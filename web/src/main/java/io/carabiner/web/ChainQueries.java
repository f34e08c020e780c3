package io.carabiner.web;

import io.carabiner.config.ConfigPrinter.ChainText;
import io.carabiner.config.ConfigPrinter.NodeText;
import io.carabiner.graphql.Arguments;
import io.carabiner.graphql.Shape;
import io.carabiner.primitives.ChainId;
import io.carabiner.rpc.EndpointReport;
import io.carabiner.web.QueryFields.Part;
import io.carabiner.web.WebServices.ChainAccess;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chains and RPC endpoints over GraphQL (Go node 2.31, core/web/resolver/chain.go and node.go). */
final class ChainQueries {

    private static final String EVM = "evm";
    private static final String NOT_LOADED = "NotLoaded";
    private static final Pattern LINE = Pattern.compile("(?m)^(\\w+) = '?([^'\\n]*)'?$");

    private final List<ChainText> chains;
    private final List<ChainAccess> running;

    ChainQueries(WebServices services) {
        this.chains = services.about().chains();
        this.running = services.oracle().chains();
    }

    void addTo(QueryFields fields) {
        fields.query("chain", this::chain);
        fields.query("chains", this::chains);
        fields.query("node", this::node);
        fields.query("nodes", this::nodes);
    }

    /** A chain that is switched on. */
    Optional<Shape> find(ChainId id) {
        return chains.stream()
                .filter(chain -> chain.id().equals(id))
                .map(ChainQueries::shape)
                .findFirst();
    }

    private Shape chain(Arguments arguments) {
        String id = arguments.text("id");
        return chains.stream()
                .filter(chain -> chain.id().toString().equals(id))
                .filter(chain -> arguments.optionalText("network").orElse(EVM).equals(EVM))
                .map(ChainQueries::shape)
                .findFirst()
                .orElseGet(() -> QueryFields.notFound("chain not found"));
    }

    private Shape chains(Arguments arguments) {
        List<Shape> shown = Part.of(arguments, QueryFields.PAGE_MAX).of(chains).stream()
                .map(ChainQueries::shape)
                .toList();
        return QueryFields.page("ChainsPayload", shown, chains.size());
    }

    private Shape node(Arguments arguments) {
        String name = arguments.text("id");
        return nodes().stream()
                .filter(node -> name.equals(node.fields().get("name")))
                .findFirst()
                .orElseGet(() -> QueryFields.notFound("node not found"));
    }

    private Shape nodes(Arguments arguments) {
        List<Shape> all = nodes();
        return QueryFields.page(
                "NodesPayload", Part.of(arguments, QueryFields.PAGE_MAX).of(all), all.size());
    }

    private List<Shape> nodes() {
        return chains.stream()
                .flatMap(chain -> chain.nodes().stream().map(node -> shape(chain, node)))
                .toList();
    }

    private static Shape shape(ChainText chain) {
        return Shape.of("Chain")
                .with("id", chain.id().toString())
                .with("enabled", true)
                .with("config", chain.toml())
                .with("network", EVM);
    }

    private Shape shape(ChainText chain, NodeText node) {
        return Shape.of("Node")
                .with("id", node.name())
                .with("name", node.name())
                .with("wsURL", setting(node, "WSURL").orElse(""))
                .with("httpURL", setting(node, "HTTPURL").orElse(""))
                .with("chain", shape(chain))
                .with("state", state(chain.id(), node.name()))
                .with("sendOnly", setting(node, "SendOnly").map("true"::equals).orElse(false))
                .with("order", setting(node, "Order").map(Integer::valueOf));
    }

    /** A line of the section as the configuration prints it. */
    private static Optional<String> setting(NodeText node, String name) {
        Matcher lines = LINE.matcher(node.toml());
        return lines.results()
                .filter(line -> line.group(1).equals(name))
                .map(line -> line.group(2))
                .findFirst();
    }

    private String state(ChainId chain, String name) {
        return running.stream()
                .filter(access -> access.id().equals(chain))
                .flatMap(access -> access.rpcStatus().endpoints().stream())
                .filter(endpoint -> endpoint.name().equals(name))
                .map(EndpointReport::state)
                .findFirst()
                .orElse(NOT_LOADED);
    }
}
