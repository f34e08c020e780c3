package io.carabiner.cli;

import io.carabiner.cli.Output.Identity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code keys eth}: the accounts the node sends from. */
final class EthKeyCommands {

    private static final String ROUTE = "/v2/keys/evm";
    private static final int NO_CONTENT = 204;
    private static final String[] CHAIN_NAMES = {"evm-chain-id", "evmChainID"};

    private EthKeyCommands() {}

    static CommandSpec group(Context context) {
        CommandSpec eth = Verb.group(
                "eth",
                "Ethereum keys: the accounts the node sends from",
                Verb.of("list", "List the keys with their balances", context, EthKeyCommands::list),
                Verb.of("create", "Make a new key", context, EthKeyCommands::create)
                        .option("ID", "the chain it shall work on", CHAIN_NAMES)
                        .number(
                                "the highest gas price it may pay; since v2 this is a setting of the chain",
                                "max-gas-price-gwei",
                                "maxGasPriceGWei"),
                Verb.of("export", "Write a key into an encrypted file", context, EthKeyCommands::export)
                        .option(
                                "FILE",
                                "the file with the password for the new file",
                                "new-password",
                                "newpassword",
                                "p")
                        .option("FILE", "the file to write", "output", "o")
                        .arguments("ADDRESS", "which key")
                        .example("carabiner keys eth export 0x5aAe…eAed --new-password pw.txt --output key.json"),
                Verb.of("import", "Take a key from an encrypted file", context, EthKeyCommands::importKey)
                        .option(
                                "FILE",
                                "the file with the password of the key file",
                                "old-password",
                                "oldpassword",
                                "p")
                        .option("ID", "the chain it shall work on", CHAIN_NAMES)
                        .arguments("FILE", "a web3 keystore file, version 3"),
                Verb.of("delete", "Delete a key; it stays, encrypted, in an archive", context, EthKeyCommands::delete)
                        .flag("do not ask", "yes", "y")
                        .flag("delete it for ever, from the archive too", "hard")
                        .arguments("ADDRESS", "which key"),
                Verb.of("restore", "Take a deleted key back out of the archive", context, EthKeyCommands::restore)
                        .arguments("ADDRESS", "which key"),
                Verb.of("chain", "Switch a key on or off for a chain", context, EthKeyCommands::chain)
                        .required("ADDRESS", "which key", "address")
                        .required("ID", "for which chain", CHAIN_NAMES)
                        .flag("let it send", "enable")
                        .flag("keep it from sending", "disable")
                        .flag("give up all its transactions that are not final", "abandon"));
        CommandSpec group = Verb.group("keys", "See, make, import and export keys");
        group.addSubcommand("eth", eth);
        StoredKeyCommands.groups(context).forEach(other -> group.addSubcommand(other.name(), other));
        return group;
    }

    private static void list(Invocation call) {
        JsonNode keys = call.node().get(ROUTE).data();
        Output.many(call, keys, Identity.HIDDEN, list -> "🔑 ETH keys\n" + view(list));
    }

    private static void create(Invocation call) {
        Map<String, String> query = new HashMap<>();
        call.option("evm-chain-id").ifPresent(id -> query.put("evmChainID", id));
        call.number("max-gas-price-gwei").ifPresent(price -> query.put("maxGasPriceGWei", price.toString()));
        Answer answer = call.node().post(ROUTE + Urls.query(query), "");
        showOne(call, answer.data(), "ETH key created.\n\n🔑 New key");
    }

    private static void export(Invocation call) {
        String address = call.argument("Must pass the address of the key to export");
        String passwordFile = call.option("new-password")
                .orElseThrow(() -> CliException.failed("Must specify --new-password/-p flag"));
        String target = call.option("output").orElseThrow(() -> CliException.failed("Must specify --output/-o flag"));
        String password = KeyFiles.password(call, passwordFile);
        Answer answer = call.node()
                .post(ROUTE + "/export/" + Urls.segment(address) + Urls.query(Map.of("newpassword", password)), "");
        KeyFiles.store(call, answer, target);
        call.surroundings().err().println("🔑 Exported ETH key " + address + " to " + target);
    }

    private static void importKey(Invocation call) {
        String file = call.argument("Must pass the filepath of the key to be imported");
        String passwordFile = call.option("old-password")
                .orElseThrow(() -> CliException.failed("Must specify --old-password/-p flag"));
        String password = KeyFiles.password(call, passwordFile);
        Map<String, String> query = new HashMap<>(Map.of("oldpassword", password));
        call.option("evm-chain-id").ifPresent(id -> query.put("evmChainID", id));
        Answer answer = call.node().post(ROUTE + "/import" + Urls.query(query), KeyFiles.read(call, file));
        showOne(call, answer.data(), "🔑 Imported ETH key");
    }

    private static void delete(Invocation call) {
        String address = call.argument("Must pass the address of the key to be deleted");
        if (!call.flag("yes") && !new Prompt(call.surroundings()).confirm()) {
            return;
        }
        String hard = call.flag("hard") ? "?hard=true" : "";
        Answer answer = call.node().delete(ROUTE + "/" + Urls.segment(address) + hard);
        if (answer.isRefused()) {
            throw CliException.failed("Delete ETH key failed: " + answer.details());
        }
        if (answer.status() == NO_CONTENT) {
            call.surroundings().err().println("🔑 Deleted ETH key " + address + " from the archive");
            return;
        }
        showOne(call, answer.data(), "🔑 Deleted ETH key: " + address + "\n");
    }

    private static void restore(Invocation call) {
        String address = call.argument("Must pass the address of the key to be restored");
        Answer answer = call.node().post(ROUTE + "/restore/" + Urls.segment(address), "");
        if (answer.isRefused()) {
            throw CliException.failed("Restore ETH key failed: " + answer.details());
        }
        Output.many(call, answer.data(), Identity.HIDDEN, list -> "🔑 Restored ETH key\n" + view(list));
    }

    private static void chain(Invocation call) {
        if (call.flag("enable") && call.flag("disable")) {
            throw CliException.failed("cannot set both --enable and --disable simultaneously");
        }
        Map<String, String> query = new HashMap<>();
        query.put("address", call.option("address").orElse(""));
        query.put("evmChainID", call.option("evm-chain-id").orElse(""));
        query.put("abandon", String.valueOf(call.flag("abandon")));
        if (call.flag("enable") || call.flag("disable")) {
            query.put("enabled", String.valueOf(call.flag("enable")));
        }
        Answer answer = call.node().post(ROUTE + "/chain" + Urls.query(query), "");
        if (answer.isRefused()) {
            throw CliException.failed("error resetting key: " + answer.statusAndBody());
        }
        showOne(call, answer.data(), "🔑 Updated ETH key");
    }

    private static void showOne(Invocation call, JsonNode key, String title) {
        Output.one(call, key, Identity.HIDDEN, one -> title + "\n" + view(List.of(one)) + "\n");
    }

    private static String view(List<JsonNode> keys) {
        return ListView.render(keys.stream().map(EthKeyCommands::entry).toList());
    }

    private static Map<String, String> entry(JsonNode key) {
        JsonNode attributes = key.path("attributes");
        return ListView.entry(
                "Address", Output.attribute(key, "address"),
                "EVM Chain ID", Output.attribute(key, "evmChainID"),
                "ETH", Output.inEther(attributes.path("ethBalance")),
                "LINK", attributes.path("linkBalance").asString("Unknown"),
                "Disabled", Output.attribute(key, "disabled"),
                "Created", GoTimes.full(attributes.path("createdAt")),
                "Updated", GoTimes.full(attributes.path("updatedAt")),
                "Max Gas Price Wei", attributes.path("maxGasPriceWei").asString("None"));
    }
}
