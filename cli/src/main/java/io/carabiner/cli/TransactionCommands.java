package io.carabiner.cli;

import io.carabiner.cli.Output.Identity;
import io.carabiner.crypto.Eip55;
import io.carabiner.primitives.Address;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code txs evm} and {@code attempts}: what the node sent to its chains. */
final class TransactionCommands {

    private static final List<String> HEADINGS = List.of("Hash", "Nonce", "From", "GasPrice", "SentAt", "State");

    private TransactionCommands() {}

    static CommandSpec transactions(Context context) {
        CommandSpec evm = Verb.group(
                "evm",
                "Transactions on EVM chains",
                Verb.of("list", "List the transactions, the newest first", context, TransactionCommands::list)
                        .number("which page to show, from 1", "page"),
                Verb.of("show", "Show one transaction", context, TransactionCommands::show)
                        .arguments("HASH", "the hash of one of its attempts"));
        evm.addSubcommand("create", TransferCommand.verb(context).spec());
        for (Verb verb : TransactionCareCommands.verbs(context)) {
            evm.addSubcommand(verb.spec().name(), verb.spec());
        }
        CommandSpec group = Verb.group("txs", "See, make and look after transactions");
        group.addSubcommand("evm", evm);
        return group;
    }

    static CommandSpec attempts(Context context) {
        CommandSpec group = Verb.group(
                "attempts",
                "See what was broadcast for the transactions",
                Verb.of("list", "List the attempts, the newest first", context, TransactionCommands::attempts)
                        .number("which page to show, from 1", "page"));
        group.aliases("txas");
        return group;
    }

    private static void list(Invocation call) {
        list(call, "/v2/transactions/evm");
    }

    private static void attempts(Invocation call) {
        list(call, "/v2/tx_attempts/evm");
    }

    private static void list(Invocation call, String path) {
        JsonNode transactions = call.node().get(path + Output.pageQuery(call)).page();
        Output.many(call, transactions, Identity.SHOWN, TransactionCommands::table);
    }

    private static String table(List<JsonNode> transactions) {
        List<List<String>> rows = transactions.stream()
                .map(transaction -> List.of(
                        Output.attribute(transaction, "hash"),
                        Output.attribute(transaction, "nonce"),
                        checksummed(Output.attribute(transaction, "from")),
                        Output.attribute(transaction, "gasPrice"),
                        Output.attribute(transaction, "sentAt"),
                        Output.attribute(transaction, "state")))
                .toList();
        return BoxTable.render("Ethereum Transactions", HEADINGS, rows);
    }

    private static void show(Invocation call) {
        String hash = call.argument("must pass the hash of the transaction");
        JsonNode found =
                call.node().get("/v2/transactions/evm/" + Urls.segment(hash)).data();
        showOne(call, found);
    }

    static void showOne(Invocation call, JsonNode transaction) {
        Output.one(call, transaction, Identity.SHOWN, TransactionCommands::details);
    }

    private static String details(JsonNode transaction) {
        return BoxTable.render(
                "Ethereum Transaction " + Output.attribute(transaction, "hash"),
                List.of("From", "Nonce", "To", "State"),
                List.of(List.of(
                        checksummed(Output.attribute(transaction, "from")),
                        Output.attribute(transaction, "nonce"),
                        checksummed(Output.attribute(transaction, "to")),
                        Output.attribute(transaction, "state"))));
    }

    /** An address as people compare it; what is none, such as that of a deployment, stays as it is. */
    private static String checksummed(String text) {
        try {
            return Eip55.format(Address.fromHex(text));
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
