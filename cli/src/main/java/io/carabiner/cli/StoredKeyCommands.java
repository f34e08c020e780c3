package io.carabiner.cli;

import static java.util.function.Predicate.not;

import io.carabiner.cli.Output.Identity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code keys csa}, {@code ocr}, {@code ocr2}, {@code p2p} and {@code vrf}: the same verbs for each. */
final class StoredKeyCommands {

    private static final int NO_CONTENT = 204;

    /** How an id is checked before the node is asked, as the Go node's command line does. */
    private enum IdRule {
        NONE,
        /** 64 hex digits; for deleting only. */
        HEX_TO_DELETE,
        /** Behind {@code 0x}. */
        PUBLIC_KEY
    }

    /**
     * One kind of keys.
     *
     * @param name of the group, also the last part of the route
     * @param about for the help
     * @param title above a list; empty for none but in {@code list}
     * @param created what is said of a new key
     * @param imported what is said of an imported key
     * @param exported what is said of an exported key, before its id
     * @param deleted what is said of a deleted key
     * @param idWords what an id is called in complaints
     * @param fields label and attribute by turns; the attribute {@code id} is the resource's
     */
    private record Kind(
            String name,
            String about,
            String listTitle,
            String title,
            String created,
            String imported,
            String exported,
            String deleted,
            String idWords,
            IdRule rule,
            List<String> fields) {

        String route() {
            return "/v2/keys/" + name;
        }
    }

    private static final Kind CSA = new Kind(
            "csa",
            "CSA keys: with them the node says who it is to a job distributor",
            "🔑 CSA Keys\n",
            "🔑 CSA Keys\n",
            "Created CSA key\n",
            "🔑 Imported CSA key\n",
            "🔑 Exported CSA key ",
            "CSA key deleted\n",
            "ID",
            IdRule.NONE,
            List.of("Public key", "publicKey"));

    private static final Kind OCR = new Kind(
            "ocr",
            "Key bundles for off-chain reporting 1",
            "🔑 Legacy OCR Keys\n",
            "🔑 Legacy OCR Keys\n",
            "Created OCR key bundle\n",
            "Imported OCR key bundle\n",
            "Exported OCR key bundle ",
            "OCR key bundle deleted\n",
            "ID",
            IdRule.HEX_TO_DELETE,
            List.of(
                    "ID", "id",
                    "On-chain signing addr", "onChainSigningAddress",
                    "Off-chain pubkey", "offChainPublicKey",
                    "Config pubkey", "configPublicKey"));

    private static final Kind OCR2 = new Kind(
            "ocr2",
            "Key bundles for off-chain reporting 2",
            "🔑 OCR Keys\n",
            "🔑 OCR Keys\n",
            "Created OCR key bundle\n",
            "Imported OCR key bundle\n",
            "Exported OCR key bundle ",
            "OCR key bundle deleted\n",
            "ID",
            IdRule.HEX_TO_DELETE,
            List.of(
                    "ID", "id",
                    "Type", "chainType",
                    "On-chain pubkey", "onchainPublicKey",
                    "Off-chain pubkey", "offchainPublicKey",
                    "Config pubkey", "configPublicKey"));

    private static final Kind P2P = new Kind(
            "p2p",
            "Peer-to-peer keys: the node's identity in networks of oracles",
            "🔑 P2P Keys\n",
            "🔑 P2P Keys\n",
            "Created P2P keypair\n",
            "🔑 Imported P2P key\n",
            "🔑 Exported P2P key ",
            "P2P key deleted\n",
            "ID",
            IdRule.NONE,
            List.of("ID", "id", "Peer ID", "peerId", "Public key", "publicKey"));

    private static final Kind VRF = new Kind(
            "vrf",
            "VRF keys: with them the node proves randomness",
            "🔑 VRF Keys\n",
            "",
            "",
            "Imported VRF key\n",
            "Exported VRF key ",
            "VRF key deleted\n",
            "ID (compressed public key)",
            IdRule.PUBLIC_KEY,
            List.of("Compressed", "compressed", "Uncompressed", "uncompressed", "Hash", "hash"));

    private final Kind kind;

    private StoredKeyCommands(Kind kind) {
        this.kind = kind;
    }

    /** A group for each kind, in the order of the help. */
    static List<CommandSpec> groups(Context context) {
        return List.of(CSA, OCR, OCR2, P2P, VRF).stream()
                .map(kind -> new StoredKeyCommands(kind).group(context))
                .toList();
    }

    private CommandSpec group(Context context) {
        String name = kind.name().toUpperCase(Locale.ROOT);
        Verb create = Verb.of("create", "Make a new " + name + " key", context, this::create);
        if (kind.equals(OCR2)) {
            create.arguments("CHAINTYPE", "for which type of chains: evm").example("carabiner keys ocr2 create evm");
        }
        CommandSpec group = Verb.group(
                kind.name(),
                kind.about(),
                Verb.of("list", "List the keys, public parts only", context, this::list),
                create,
                Verb.of("export", "Write a key into an encrypted file", context, this::export)
                        .option(
                                "FILE",
                                "the file with the password for the new file",
                                "new-password",
                                "newpassword",
                                "p")
                        .option("FILE", "the file to write", "output", "o")
                        .arguments("ID", "which key")
                        .example(
                                "carabiner keys " + kind.name() + " export ID --new-password pw.txt --output key.json"),
                Verb.of("import", "Take a key from an encrypted file", context, this::importKey)
                        .option(
                                "FILE",
                                "the file with the password of the key file",
                                "old-password",
                                "oldpassword",
                                "p")
                        .arguments("FILE", "a file that this node or a Go node exported")
                        .example("carabiner keys " + kind.name() + " import key.json --old-password pw.txt"));
        if (!kind.equals(CSA)) {
            add(group, deleteVerb(context));
            add(
                    group,
                    Verb.of("restore", "Take a deleted key back out of the archive", context, this::restore)
                            .arguments("ID", "which key"));
        }
        return group;
    }

    private static void add(CommandSpec group, Verb verb) {
        group.addSubcommand(verb.spec().name(), verb.spec());
    }

    private Verb deleteVerb(Context context) {
        Verb verb = Verb.of("delete", "Delete a key; it stays, encrypted, in an archive", context, this::delete)
                .flag("do not ask", "yes", "y")
                .flag("delete it for ever, from the archive too", "hard")
                .arguments("ID", "which key");
        return kind.equals(VRF) ? verb.option("KEY", "which key, instead of the argument", "publicKey", "pk") : verb;
    }

    private void list(Invocation call) {
        JsonNode keys = call.node().get(kind.route()).data();
        Output.many(
                call, keys, Identity.SHOWN, list -> kind.listTitle() + view(list) + (list.isEmpty() ? "\n\n\n" : "\n"));
    }

    private void create(Invocation call) {
        String route = kind.route();
        if (kind.equals(OCR2)) {
            String type =
                    call.argument("must pass the type to create, options are: evm, cosmos, solana, starknet, aptos");
            route += "/" + Urls.segment(type);
        }
        showOne(call, call.node().post(route, "").data(), kind.created());
    }

    private void export(Invocation call) {
        String id = call.argument("Must pass the " + kind.idWords() + " of the key to export");
        String passwordFile = call.option("new-password")
                .orElseThrow(() -> CliException.failed("Must specify --new-password/-p flag"));
        String password = KeyFiles.password(call, passwordFile);
        String target = call.option("output").orElseThrow(() -> CliException.failed("Must specify --output/-o flag"));
        if (kind.rule() == IdRule.PUBLIC_KEY) {
            requirePublicKey(id);
        }
        Answer answer = call.node()
                .post(kind.route() + "/export/" + Urls.segment(id) + Urls.query(Map.of("newpassword", password)), "");
        KeyFiles.store(call, answer, target);
        call.surroundings().err().println(kind.exported() + id + " to " + target);
    }

    private void importKey(Invocation call) {
        String file = call.argument("Must pass the filepath of the key to be imported");
        String passwordFile = call.option("old-password")
                .orElseThrow(() -> CliException.failed("Must specify --old-password/-p flag"));
        Map<String, String> query = Map.of("oldpassword", KeyFiles.password(call, passwordFile));
        Answer answer = call.node().post(kind.route() + "/import" + Urls.query(query), KeyFiles.read(call, file));
        showOne(call, answer.data(), kind.imported());
    }

    private void delete(Invocation call) {
        String id = call.option("publicKey")
                .filter(text -> kind.equals(VRF))
                .orElseGet(() -> call.argument("Must pass the key " + kind.idWords() + " to be deleted"));
        switch (kind.rule()) {
            case NONE -> {}
            case HEX_TO_DELETE -> requireHex(id);
            case PUBLIC_KEY -> requirePublicKey(id);
        }
        if (!call.flag("yes") && !new Prompt(call.surroundings()).confirm()) {
            return;
        }
        String hard = call.flag("hard") ? "?hard=true" : "";
        Answer answer = call.node().delete(kind.route() + "/" + Urls.segment(id) + hard);
        if (answer.status() == NO_CONTENT) {
            call.surroundings().err().println("Deleted key " + id + " from the archive");
            return;
        }
        showOne(call, answer.data(), kind.deleted());
    }

    private void restore(Invocation call) {
        String id = call.argument("Must pass the " + kind.idWords() + " of the key to be restored");
        Answer answer = call.node().post(kind.route() + "/restore/" + Urls.segment(id), "");
        showOne(call, answer.data(), "Restored key\n");
    }

    private static void requireHex(String id) {
        Optional<Integer> wrong =
                id.chars().boxed().filter(not(c -> Character.digit(c, 16) >= 0)).findFirst();
        if (wrong.isPresent()) {
            throw CliException.failed(
                    String.format(Locale.ROOT, "encoding/hex: invalid byte: U+%04X '%c'", wrong.get(), wrong.get()));
        }
    }

    private static void requirePublicKey(String id) {
        if (!id.startsWith("0x") && !id.startsWith("0X")) {
            throw CliException.failed("failed to parse public key: hex string without 0x prefix");
        }
    }

    private void showOne(Invocation call, JsonNode key, String said) {
        Output.one(call, key, Identity.SHOWN, one -> said + kind.title() + view(List.of(one)) + "\n");
    }

    private String view(List<JsonNode> keys) {
        return ListView.render(keys.stream().map(this::entry).toList());
    }

    private Map<String, String> entry(JsonNode key) {
        Map<String, String> entry = new LinkedHashMap<>();
        for (int i = 0; i < kind.fields().size(); i += 2) {
            String attribute = kind.fields().get(i + 1);
            String value = attribute.equals("id") ? key.path("id").asString("") : Output.attribute(key, attribute);
            entry.put(kind.fields().get(i), value);
        }
        return entry;
    }
}
