package io.carabiner.cli;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code blocks}: what the node has read of its chains. */
final class BlockCommands {

    private static final String[] CHAIN_NAMES = {"evm-chain-id", "evmChainID"};
    private static final String RULE = "-".repeat(80);

    private BlockCommands() {}

    static CommandSpec group(Context context) {
        return Verb.group(
                "blocks",
                "Read blocks again",
                Verb.of(
                                "replay",
                                "Read all events from a block on again; no request is answered twice",
                                context,
                                BlockCommands::replay)
                        .requiredNumber("the first block to read again", "block-number")
                        .flag("for scripts made for the Go node; changes nothing", "force")
                        .option("ID", "of which chain", "evm-chain-id", "evmChainID", "chain-id")
                        .option("FAMILY", "for scripts made for newer Go nodes: evm", "family")
                        .example("carabiner blocks replay --block-number 19000000 --evm-chain-id 1"),
                Verb.of(
                                "find-lca",
                                "Find the newest block that was read and is on the chain now",
                                context,
                                BlockCommands::lastCommonBlock)
                        .required("ID", "of which chain", CHAIN_NAMES[0]));
    }

    private static void replay(Invocation call) {
        long block = call.number("block-number").orElse(-1L);
        if (block < 0) {
            throw CliException.failed("Must pass a positive value in '--block-number' parameter");
        }
        Map<String, String> query = new HashMap<>(Map.of("force", String.valueOf(call.flag("force"))));
        call.option("evm-chain-id").ifPresent(id -> query.put("evmChainID", id));
        call.option("family").filter(family -> !family.equals("evm")).ifPresent(family -> {
            throw CliException.failed("chain family " + family + " is not known, only evm");
        });
        Answer answer = call.node().post("/v2/replay_from_block/" + block + Urls.query(query), "{}");
        if (answer.isRefused()) {
            throw CliException.failed(answer.refusal());
        }
        call.out().println("Replay started");
    }

    private static void lastCommonBlock(Invocation call) {
        Map<String, String> query =
                Map.of("evmChainID", call.option("evm-chain-id").orElse(""));
        JsonNode found = call.node().get("/v2/find_lca" + Urls.query(query)).data();
        Output.one(call, found, Output.Identity.SHOWN, BlockCommands::view);
    }

    private static String view(JsonNode block) {
        return String.join(
                "\n",
                "Last Common Ancestor",
                "",
                RULE,
                "ChainID:      " + Output.attribute(block, "evmChainID"),
                "Block Hash:   " + Output.attribute(block, "hash"),
                "Block Number: " + Output.attribute(block, "blockNumber"),
                RULE,
                "");
    }
}
