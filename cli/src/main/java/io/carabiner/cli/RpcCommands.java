package io.carabiner.cli;

import io.carabiner.cli.Output.Identity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code rpc}: the endpoints of the chains and what they are asked. The Go node's command line has no such group. */
final class RpcCommands {

    /** Lines of a usage table; --json has them all. */
    private static final int USAGE_LINES_MAX = 40;

    private RpcCommands() {}

    static CommandSpec group(Context context) {
        return Verb.group(
                "rpc",
                "See how the RPC endpoints do and how many calls they get",
                Verb.of(
                                "endpoints",
                                "Show each endpoint's state, lag, latency and calls",
                                context,
                                RpcCommands::endpoints)
                        .example("carabiner rpc endpoints"),
                Verb.of(
                                "usage",
                                "Show today's calls by the part of the node that made them",
                                context,
                                RpcCommands::usage)
                        .example("carabiner --json rpc usage"));
    }

    private static void endpoints(Invocation call) {
        JsonNode endpoints = call.node().get("/v2/rpc/endpoints").data();
        Output.many(call, endpoints, Identity.SHOWN, RpcCommands::endpointTable);
    }

    private static void usage(Invocation call) {
        JsonNode usage = call.node().get("/v2/rpc/usage").data();
        Output.many(call, usage, Identity.SHOWN, RpcCommands::usageTables);
    }

    private static String endpointTable(List<JsonNode> endpoints) {
        List<List<String>> rows = endpoints.stream()
                .map(endpoint -> endpoint.path("attributes"))
                .map(endpoint -> List.of(
                        endpoint.path("evmChainID").asString(""),
                        endpoint.path("name").asString("")
                                + (endpoint.path("sendOnly").asBoolean() ? " (send only)" : ""),
                        endpoint.path("state").asString(""),
                        number(endpoint.path("health")),
                        number(endpoint.path("block")),
                        number(endpoint.path("lagBlocks")),
                        millis(endpoint.path("p50Millis")) + " / " + millis(endpoint.path("p95Millis")),
                        percent(endpoint.path("errorRate").asDouble()),
                        number(endpoint.path("callsToday"))))
                .toList();
        String table = BoxTable.render(
                "RPC Endpoints",
                List.of("Chain", "Name", "State", "Health", "Block", "Lag", "p50/p95 ms", "Errors", "Calls today"),
                rows);
        return table + problems(endpoints);
    }

    /** In whole lines below the table: what is wrong and what to do. */
    private static String problems(List<JsonNode> endpoints) {
        return endpoints.stream()
                .map(endpoint -> endpoint.at("/attributes/problem").asString(""))
                .filter(problem -> !problem.isEmpty())
                .map(problem -> problem + "\n")
                .collect(Collectors.joining());
    }

    private static String usageTables(List<JsonNode> chains) {
        return chains.stream()
                .map(chain -> usageTable(chain.path("attributes")))
                .collect(Collectors.joining("\n"));
    }

    private static String usageTable(JsonNode chain) {
        Map<List<String>, Long> sums = new LinkedHashMap<>();
        for (JsonNode line : chain.path("calls")) {
            List<String> key = List.of(
                    line.path("consumer").asString(""),
                    line.path("method").asString(""),
                    line.path("endpoint").asString(""));
            sums.merge(key, line.path("calls").asLong(), Long::sum);
        }
        List<List<String>> rows = new ArrayList<>();
        sums.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(USAGE_LINES_MAX)
                .forEach(line -> rows.add(List.of(
                        line.getKey().get(0),
                        line.getKey().get(1),
                        line.getKey().get(2),
                        String.valueOf(line.getValue()))));
        long budget = chain.path("dailyCallsMax").asLong();
        String title = "RPC calls of chain " + chain.path("evmChainID").asString("") + " on "
                + chain.path("day").asString("") + " (UTC): "
                + chain.path("callsToday").asLong()
                + (budget > 0 ? " of " + budget : "");
        String more = sums.size() > USAGE_LINES_MAX
                ? (sums.size() - USAGE_LINES_MAX) + " smaller lines are not shown; --json has them\n"
                : "";
        return BoxTable.render(title, List.of("Consumer", "Method", "Endpoint", "Calls"), rows) + more;
    }

    private static String number(JsonNode value) {
        return value.isNumber() ? value.asString() : "?";
    }

    private static String millis(JsonNode value) {
        return value.isNumber() ? value.asString() : "-";
    }

    private static String percent(double share) {
        return Math.round(share * 1000) / 10.0 + "%";
    }
}
