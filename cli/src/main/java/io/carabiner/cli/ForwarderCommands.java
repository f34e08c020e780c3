package io.carabiner.cli;

import io.carabiner.cli.Output.Identity;
import io.carabiner.crypto.Eip55;
import io.carabiner.primitives.Address;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code forwarders}: contracts that the node may send through. */
final class ForwarderCommands {

    private static final String ROUTE = "/v2/nodes/evm/forwarders";

    private ForwarderCommands() {}

    static CommandSpec group(Context context) {
        return Verb.group(
                "forwarders",
                "See and track forwarder contracts",
                Verb.of("list", "List the tracked forwarders, the newest first", context, ForwarderCommands::list)
                        .number("which page to show, from 1", "page"),
                Verb.of("track", "Track a forwarder contract", context, ForwarderCommands::track)
                        .number("the chain it is on", "evm-chain-id", "evmChainID", "c")
                        .option("ADDRESS", "the contract", "address", "a"),
                Verb.of("delete", "Stop tracking a forwarder", context, ForwarderCommands::delete)
                        .arguments("ID", "its number in the list"));
    }

    private static void list(Invocation call) {
        JsonNode forwarders = call.node().get(ROUTE + Output.pageQuery(call)).page();
        Output.many(call, forwarders, Identity.SHOWN, list -> view(list) + (list.isEmpty() ? "\n\n" : ""));
    }

    private static void track(Invocation call) {
        String address = address(call.option("address").orElse(""));
        long chain = call.number("evm-chain-id").orElse(0L);
        Answer answer = call.node()
                .post(ROUTE + "/track", "{\"evmChainId\":\"" + chain + "\",\"address\":" + Json.quote(address) + "}");
        if (answer.status() == 401 || answer.status() == 403) {
            answer.data();
        }
        if (answer.isRefused()) {
            call.out().println("Response: '" + answer.text() + "', Status: " + answer.status());
            throw CliException.silent();
        }
        Output.one(call, answer.data(), Identity.SHOWN, one -> "Forwarder created\n" + view(List.of(one)));
    }

    /** In lower case, as it is sent. */
    private static String address(String text) {
        if (text.isEmpty()) {
            throw CliException.failed("could not decode address: empty hex string");
        }
        if (!text.startsWith("0x") && !text.startsWith("0X")) {
            throw CliException.failed("could not decode address: hex string without 0x prefix");
        }
        if (!text.matches("0[xX][0-9a-fA-F]{40}")) {
            throw CliException.failed("could not decode address: " + text + " is not 20 bytes in hex");
        }
        return Address.fromHex(text).toString();
    }

    private static void delete(Invocation call) {
        String id = call.argument("must pass the forwarder id to be archived");
        Answer answer = call.node().delete(ROUTE + "/" + Urls.segment(id));
        if (answer.isRefused()) {
            throw CliException.failed(answer.refusal());
        }
        call.out().println("Forwarder " + id + " Deleted");
    }

    private static String view(List<JsonNode> forwarders) {
        return ListView.render(forwarders.stream().map(ForwarderCommands::entry).toList());
    }

    private static Map<String, String> entry(JsonNode forwarder) {
        return ListView.entry(
                "ID", forwarder.path("id").asString(""),
                "Address", Eip55.format(Address.fromHex(Output.attribute(forwarder, "address"))),
                "Chain ID", Output.attribute(forwarder, "evmChainId"),
                "Created At", GoTimes.seconds(forwarder.path("attributes").path("createdAt")));
    }
}
