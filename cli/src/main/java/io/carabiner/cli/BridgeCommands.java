package io.carabiner.cli;

import io.carabiner.cli.Output.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code bridges}: the external adapters that jobs may call. */
final class BridgeCommands {

    private BridgeCommands() {}

    static CommandSpec group(Context context) {
        return Verb.group(
                "bridges",
                "See, create and delete bridges to external adapters",
                Verb.of("list", "List the bridges", context, BridgeCommands::list)
                        .number("which page to show, from 1", "page"),
                Verb.of("show", "Show one bridge", context, BridgeCommands::show)
                        .arguments("NAME", "the bridge's name"),
                Verb.of("health", "Show how bridges answer: one, or all", context, BridgeCommands::health)
                        .arguments("[NAME]", "the bridge's name"),
                Verb.of("create", "Create a bridge", context, BridgeCommands::create)
                        .arguments("JSON|FILE", "the bridge as a JSON object, or the file that holds it")
                        .example("carabiner bridges create '{\"name\":\"prices\",\"url\":\"http://localhost:8080\"}'"),
                Verb.of("destroy", "Delete a bridge that no job uses", context, BridgeCommands::destroy)
                        .arguments("NAME", "the bridge's name"));
    }

    private static void list(Invocation call) {
        JsonNode bridges =
                call.node().get("/v2/bridge_types" + Output.pageQuery(call)).page();
        Output.many(call, bridges, Identity.HIDDEN, BridgeCommands::table);
    }

    private static void show(Invocation call) {
        String name = call.argument("must pass the name of the bridge to be shown");
        showOne(call, call.node().get("/v2/bridge_types/" + Urls.segment(name)));
    }

    private static void health(Invocation call) {
        List<String> names = call.arguments();
        if (names.size() == 1) {
            JsonNode one = call.node()
                    .get("/v2/bridge_types/" + Urls.segment(names.getFirst()) + "/health")
                    .data();
            Output.one(call, one, Identity.HIDDEN, bridge -> healthTable(List.of(bridge)));
            return;
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (JsonNode bridge : call.node().get("/v2/bridge_types?size=1000").page()) {
            String path = "/v2/bridge_types/" + Urls.segment(Output.attribute(bridge, "name")) + "/health";
            all.add(call.node().get(path).data());
        }
        Output.many(call, all, Identity.HIDDEN, BridgeCommands::healthTable);
    }

    private static String healthTable(List<JsonNode> bridges) {
        List<List<String>> rows = bridges.stream()
                .map(bridge -> List.of(
                        Output.attribute(bridge, "name"),
                        Output.attribute(bridge, "circuit"),
                        Output.attribute(bridge, "answered"),
                        Output.attribute(bridge, "failed"),
                        Output.attribute(bridge, "p50Ms"),
                        Output.attribute(bridge, "p95Ms"),
                        Output.attribute(bridge, "lastGoodAt"),
                        Output.attribute(bridge, "errorClass")))
                .toList();
        return BoxTable.render(
                "Bridges",
                List.of("Name", "Circuit", "Answered", "Failed", "p50 ms", "p95 ms", "Last Good", "Last Error"),
                rows);
    }

    private static void create(Invocation call) {
        String argument = call.argument("must pass in the bridge's parameters [JSON blob | JSON filepath]");
        showOne(call, call.node().post("/v2/bridge_types", jsonOrFile(call.surroundings(), argument)));
    }

    private static void destroy(Invocation call) {
        String name = call.argument("must pass the name of the bridge to be removed");
        showOne(call, call.node().delete("/v2/bridge_types/" + Urls.segment(name)));
    }

    private static String jsonOrFile(Surroundings surroundings, String argument) {
        if (isJson(argument)) {
            return argument;
        }
        try {
            return Files.readString(surroundings.resolve(argument), StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            throw CliException.failed("invalid JSON or file not found '" + argument + "'");
        }
    }

    private static boolean isJson(String text) {
        try {
            return Json.read(text).isContainer();
        } catch (JacksonException e) {
            return false;
        }
    }

    private static void showOne(Invocation call, Answer answer) {
        Output.one(
                call,
                answer.data(),
                Identity.HIDDEN,
                bridge -> BoxTable.render(
                        "Bridge",
                        List.of("Name", "URL", "Default Confirmations", "Outgoing Token"),
                        List.of(List.of(
                                Output.attribute(bridge, "name"),
                                Output.attribute(bridge, "url"),
                                Output.attribute(bridge, "confirmations"),
                                Output.attribute(bridge, "outgoingToken")))));
    }

    private static String table(List<JsonNode> bridges) {
        List<List<String>> rows = bridges.stream()
                .map(bridge -> List.of(
                        Output.attribute(bridge, "name"),
                        Output.attribute(bridge, "url"),
                        Output.attribute(bridge, "confirmations")))
                .toList();
        return BoxTable.render("Bridges", List.of("Name", "URL", "Confirmations"), rows);
    }
}
