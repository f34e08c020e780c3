package io.carabiner.cli;

import io.carabiner.cli.Output.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Why transactions wait, and what can be done: verbs of {@code txs evm} that the Go node does not have. */
final class TransactionCareCommands {

    private static final String TRANSACTIONS = "/v2/transactions/evm/";
    private static final String KEYS = "/v2/keys/evm/";

    private TransactionCareCommands() {}

    static Verb[] verbs(Context context) {
        return new Verb[] {
            Verb.of(
                            "why",
                            "Say why a transaction waits, or what each key waits for",
                            context,
                            TransactionCareCommands::why)
                    .arguments("ID", "the transaction's number or hash; without it all keys are shown")
                    .example("carabiner txs evm why", "carabiner txs evm why 42"),
            verb("bump", "Offer more for a transaction, now", context),
            verb("cancel", "Take a transaction out of the queue, or let an empty one take its place", context),
            verb("rebroadcast", "Give a transaction to the endpoints again", context),
            Verb.of(
                            "fill",
                            "Take a key's empty nonces below waiting transactions",
                            context,
                            TransactionCareCommands::fill)
                    .required("ADDRESS", "which key", "key")
                    .option("ID", "on which chain, if there are several", "evm-chain-id", "evmChainID")
        };
    }

    private static Verb verb(String word, String description, Context context) {
        return Verb.of(word, description, context, call -> act(call, word))
                .arguments("ID", "the transaction's number or hash");
    }

    private static void why(Invocation call) {
        if (call.arguments().isEmpty()) {
            JsonNode keys = call.node().get(KEYS + "diagnosis").page();
            Output.many(call, keys, Identity.SHOWN, TransactionCareCommands::keys);
        } else {
            JsonNode diagnosis = call.node()
                    .get(TRANSACTIONS + Urls.segment(call.arguments().getFirst()) + "/diagnosis")
                    .data();
            Output.one(call, diagnosis, Identity.SHOWN, TransactionCareCommands::transaction);
        }
    }

    private static String transaction(JsonNode diagnosis) {
        String id = diagnosis.path("id").asString("");
        String nonce = Output.attribute(diagnosis, "nonce");
        StringBuilder text = new StringBuilder("Transaction ")
                .append(id)
                .append(" of ")
                .append(Output.attribute(diagnosis, "from"))
                .append(" on chain ")
                .append(Output.attribute(diagnosis, "evmChainID"))
                .append(nonce.isEmpty() ? "" : ", nonce " + nonce)
                .append(": ")
                .append(Output.attribute(diagnosis, "state"))
                .append("\n\n");
        for (JsonNode finding : diagnosis.at("/attributes/findings")) {
            text.append(finding.path("text").asString("")).append('\n');
            finding.path("remedies").forEach(remedy -> text.append("    carabiner txs evm ")
                    .append(command(remedy.asString(""), id, Output.attribute(diagnosis, "from")))
                    .append('\n'));
        }
        return text.toString();
    }

    private static String command(String remedy, String id, String key) {
        return remedy.equals("fill") ? "fill --key " + key : remedy + " " + id;
    }

    private static String keys(List<JsonNode> keys) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode key : keys) {
            List<String> texts = key.at("/attributes/findings")
                    .valueStream()
                    .map(finding -> finding.path("text").asString(""))
                    .toList();
            rows.add(List.of(
                    key.path("id").asString(""),
                    Output.attribute(key, "queued"),
                    Output.attribute(key, "inFlight"),
                    Output.attribute(key, "oldest"),
                    texts.isEmpty() ? "" : texts.getFirst()));
        }
        return BoxTable.render(
                "What the keys wait for", List.of("Key", "Queued", "In Flight", "First", "Reason"), rows);
    }

    private static void act(Invocation call, String word) {
        String id = call.argument("must pass the number or the hash of the transaction");
        show(call, call.node().post(TRANSACTIONS + Urls.segment(id) + "/" + word, ""));
    }

    private static void fill(Invocation call) {
        String chain = call.option("evm-chain-id")
                .map(id -> Urls.query(Map.of("evmChainID", id)))
                .orElse("");
        String key = Urls.segment(call.option("key").orElse(""));
        show(call, call.node().post(KEYS + key + "/fill-nonces" + chain, ""));
    }

    private static void show(Invocation call, Answer answer) {
        if (answer.isRefused()) {
            throw CliException.failed(answer.refusal());
        }
        Output.one(call, answer.data(), Identity.HIDDEN, one -> Output.attribute(one, "result") + "\n");
    }
}
