package io.carabiner.web;

import io.carabiner.crypto.Eip55;
import io.carabiner.keystore.EthKey;
import io.carabiner.keystore.EthKeys;
import io.carabiner.keystore.KeystoreException;
import io.carabiner.keystore.Password;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.txm.ActionOutcome;
import io.carabiner.txm.OperatorAction;
import io.carabiner.txm.Txm;
import io.carabiner.web.WebServices.ChainAccess;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ethereum keys, under both of their names (Go node 2.15, core/web/eth_keys_controller.go). */
final class EthKeyRoutes {

    /** The fields of a key; amounts are decimal texts in wei and juels. */
    record EthKeyAttributes(
            String evmChainID,
            String address,
            Optional<String> ethBalance,
            Optional<String> linkBalance,
            boolean disabled,
            Instant createdAt,
            Instant updatedAt,
            Optional<String> maxGasPriceWei) {}

    private final EthKeys keys;
    private final List<ChainAccess> chains;
    private final SendingRooms rooms;
    private final Balances balances;

    EthKeyRoutes(EthKeys keys, List<ChainAccess> chains, SendingRooms rooms, TimeSource time) {
        this.keys = keys;
        this.chains = chains;
        this.rooms = rooms;
        this.balances = new Balances(chains, time);
    }

    List<Route> routes() {
        return Stream.of("/v2/keys/evm", "/v2/keys/eth")
                .flatMap(path -> routes(path).stream())
                .toList();
    }

    private List<Route> routes(String path) {
        Access admin = Access.role(Role.ADMIN);
        return List.of(
                Route.get(path, Access.role(Role.VIEW), this::list),
                Route.post(path, Access.role(Role.EDIT), this::create),
                Route.delete(path + "/:address", admin, this::delete),
                Route.post(path + "/chain", admin, this::chainOfKey),
                Route.post(path + "/restore/:address", admin, this::restore),
                Route.post(path + "/import", admin, this::importKey),
                Route.post(path + "/export/:address", admin, this::export));
    }

    /** Those that may send first. */
    private Answer list(Call call) {
        List<EthKey> sorted = keys.list().stream()
                .sorted(Comparator.comparing((EthKey key) -> !key.enabled()).thenComparing(EthKey::address))
                .toList();
        return JsonApi.list(200, resources(sorted));
    }

    private Answer create(Call call) {
        if (!call.query("maxGasPriceGWei").isEmpty()) {
            throw WebException.refused(400, "unsupported with config v2");
        }
        return one(keys.create(chain(call)));
    }

    private Answer importKey(Call call) {
        ChainId chain = chain(call);
        String json = new String(call.body().toArray(), StandardCharsets.UTF_8);
        Password password = Password.of(call.query("oldpassword"));
        try {
            return one(keys.importV3(json, password, chain));
        } finally {
            password.destroy();
        }
    }

    private Answer export(Call call) {
        Address address =
                address(call.parameter("address")).orElseThrow(() -> WebException.refused(500, "Key not found"));
        Password password = Password.of(call.query("newpassword"));
        try {
            return Answer.of(200, Answer.JSON_API, keys.exportV3(address, password));
        } finally {
            password.destroy();
        }
    }

    private Answer delete(Call call) {
        String text = call.parameter("address");
        Address address = address(text)
                .orElseThrow(() -> WebException.refused(400, "invalid keyID: " + text + ", must be hex address"));
        List<EthKey> known = keys.list().stream()
                .filter(key -> key.address().equals(address))
                .toList();
        boolean forever = bool(call, "hard", "hard must be bool: ").orElse(false);
        if (known.isEmpty()) {
            return deleteArchived(address, forever);
        }
        Answer answer = one(known.getFirst());
        if (forever) {
            keys.deleteForever(address);
        } else {
            keys.delete(address);
        }
        return answer;
    }

    private Answer deleteArchived(Address address, boolean forever) {
        try {
            if (forever) {
                keys.deleteForever(address);
                return Answer.of(204, Answer.JSON_API, "");
            }
        } catch (KeystoreException e) {
            if (e.reason() != KeystoreException.Reason.KEY_NOT_FOUND) {
                throw e;
            }
        }
        throw WebException.refused(404, "Key not found");
    }

    /** Out of the archive of deleted keys; the Go node has none. */
    private Answer restore(Call call) {
        Address address =
                address(call.parameter("address")).orElseThrow(() -> WebException.refused(404, "Key not found"));
        return JsonApi.list(200, resources(keys.restore(address)));
    }

    /** Switches a key on or off for a chain; without a wish it only shows the key. */
    private Answer chainOfKey(Call call) {
        String text = call.query("address");
        Address address = address(text)
                .orElseThrow(() -> WebException.refused(400, "invalid address: " + text + ", must be hex address"));
        boolean abandon = bool(
                        call,
                        "abandon",
                        "invalid value for abandon: expected boolean, got: " + call.query("abandon") + ": ")
                .orElse(false);
        Optional<Boolean> enabled = bool(call, "enabled", "enabled must be bool: ");
        ChainId chain = chain(call);
        EthKey known = keys.find(address, chain).orElseThrow(() -> WebException.refused(500, "Key not found"));
        boolean off = enabled.isPresent() && !enabled.get();
        EthKey now = off ? keys.disable(address, chain) : known;
        if (abandon) {
            abandon(call, address, chain);
        }
        return one(enabled.isPresent() && enabled.get() ? keys.enable(address, chain) : now);
    }

    /** Before a key is switched on, and after it is switched off: nothing new comes in between. */
    private void abandon(Call call, Address address, ChainId chain) {
        Txm manager = rooms.manager(chain)
                .orElseThrow(() -> WebException.refused(422, "chain " + chain + " is not switched on in this node"));
        if (TransactionCareRoutes.act(call, manager, new OperatorAction.Abandon(address))
                instanceof ActionOutcome.NotPossible why) {
            throw WebException.refused(409, why.text());
        }
    }

    /** As Go's strconv.ParseBool; nothing where nothing is said. */
    private static Optional<Boolean> bool(Call call, String name, String complaint) {
        String text = call.query(name);
        return switch (text) {
            case "" -> Optional.empty();
            case "1", "t", "T", "TRUE", "true", "True" -> Optional.of(true);
            case "0", "f", "F", "FALSE", "false", "False" -> Optional.of(false);
            default ->
                throw WebException.refused(
                        400, complaint + "strconv.ParseBool: parsing \"" + text + "\": invalid syntax");
        };
    }

    private Answer one(EthKey key) {
        return JsonApi.one(resources(List.of(key)).getFirst());
    }

    private List<Resource> resources(List<EthKey> shown) {
        List<Balances.Balance> found = balances.of(shown);
        return IntStream.range(0, shown.size())
                .mapToObj(i -> resource(shown.get(i), found.get(i)))
                .toList();
    }

    private Resource resource(EthKey key, Balances.Balance balance) {
        String address = Eip55.format(key.address());
        EthKeyAttributes attributes = new EthKeyAttributes(
                key.chainId().toString(),
                address,
                balance.wei().map(BigInteger::toString),
                balance.juels().map(BigInteger::toString),
                !key.enabled(),
                key.createdAt(),
                key.updatedAt(),
                find(key.chainId())
                        .map(chain -> chain.priceMax().apply(key.address()).toString()));
        return new Resource("eTHKeys", key.chainId() + "/" + address, attributes);
    }

    private Optional<ChainAccess> find(ChainId id) {
        return chains.stream().filter(chain -> chain.id().equals(id)).findFirst();
    }

    /** The chain asked for; the only one there is when none is named, as the help promises. */
    private ChainId chain(Call call) {
        String text = call.query("evmChainID");
        if (text.isEmpty()) {
            if (chains.size() == 1) {
                return chains.getFirst().id();
            }
            throw WebException.refused(500, "chainID is empty");
        }
        if (!text.matches("\\d{1,78}")) {
            throw WebException.refused(400, "invalid chain id");
        }
        ChainId id = new ChainId(new BigInteger(text));
        if (find(id).isEmpty()) {
            throw WebException.refused(404, "chain id does not match any local chains");
        }
        return id;
    }

    private static Optional<Address> address(String text) {
        return text.matches("(0x|0X)?[0-9a-fA-F]{40}") ? Optional.of(Address.fromHex(text)) : Optional.empty();
    }
}
