package io.carabiner.cli;

import io.carabiner.cli.Output.Identity;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code chains evm} and {@code nodes evm}: what the running node is configured for. */
final class ChainCommands {

    private ChainCommands() {}

    static CommandSpec chains(Context context) {
        return outer(
                "chains",
                "Chains that the node is configured for",
                Verb.group(
                        "evm",
                        "EVM chains",
                        Verb.of(
                                "list",
                                "List the chains with their settings",
                                context,
                                call -> list(call, "/v2/chains/evm", ChainCommands::chain))));
    }

    static CommandSpec nodes(Context context) {
        return outer(
                "nodes",
                "RPC endpoints that the node is configured for",
                Verb.group(
                        "evm",
                        "Endpoints of EVM chains",
                        Verb.of(
                                        "list",
                                        "List the endpoints with their state",
                                        context,
                                        call -> list(call, "/v2/nodes/evm", ChainCommands::node))
                                .example("carabiner nodes evm list", "carabiner rpc endpoints   (more about them)")));
    }

    private static CommandSpec outer(String name, String description, CommandSpec inner) {
        CommandSpec group = Verb.group(name, description);
        group.addSubcommand(inner.name(), inner);
        return group;
    }

    private static void list(Invocation call, String route, Function<JsonNode, Map<String, String>> entry) {
        JsonNode found = call.node().get(route).page();
        Output.many(
                call,
                found,
                Identity.HIDDEN,
                list -> ListView.render(list.stream().map(entry).toList()));
    }

    private static Map<String, String> chain(JsonNode chain) {
        return ListView.entry(
                "ID", chain.path("id").asString(""),
                "Enabled", Output.attribute(chain, "enabled"),
                "Config", Output.attribute(chain, "config"));
    }

    private static Map<String, String> node(JsonNode node) {
        return ListView.entry(
                "Name", Output.attribute(node, "name"),
                "Chain ID", Output.attribute(node, "chainID"),
                "State", Output.attribute(node, "state"),
                "Config", Output.attribute(node, "config"));
    }
}
