package io.carabiner.web;

import io.carabiner.keystore.CsaKey;
import io.carabiner.keystore.Keystore;
import io.carabiner.keystore.KeystoreException;
import io.carabiner.keystore.KeystoreException.Reason;
import io.carabiner.keystore.Ocr2Key;
import io.carabiner.keystore.OcrKey;
import io.carabiner.keystore.P2pKey;
import io.carabiner.keystore.Password;
import io.carabiner.keystore.StoredKeys;
import io.carabiner.keystore.VrfKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The kinds of keys beside Ethereum's: CSA, OCR, OCR2, P2P, VRF (Go node 2.15, core/web/*_keys_controller.go). What is
 * shown of a key is its public part, also in the answer to an import.
 */
final class StoredKeyRoutes {

    /** The fields of a CSA key. */
    record CsaAttributes(String publicKey, int version) {}

    /** The fields of a P2P key. */
    record P2pAttributes(String peerId, String publicKey) {}

    /** The fields of a bundle for OCR. */
    record OcrAttributes(String onChainSigningAddress, String offChainPublicKey, String configPublicKey) {}

    /** The fields of a bundle for OCR2. */
    record Ocr2Attributes(
            String chainType, String onchainPublicKey, String offchainPublicKey, String configPublicKey) {}

    private static final int CSA_VERSION = 1;
    private static final String CHAIN_TYPES = "\"evm\", \"cosmos\", \"solana\", \"starknet\", \"aptos\"";

    private final Keystore keystore;

    StoredKeyRoutes(Keystore keystore) {
        this.keystore = keystore;
    }

    List<Route> routes() {
        Kind<CsaKey> csa = new Kind<>("/v2/keys/csa", keystore.csa(), StoredKeyRoutes::resource, id -> id);
        Kind<P2pKey> p2p = new Kind<>("/v2/keys/p2p", keystore.p2p(), StoredKeyRoutes::resource, StoredKeyRoutes::peer);
        Kind<OcrKey> ocr = new Kind<>("/v2/keys/ocr", keystore.ocr(), StoredKeyRoutes::resource, id -> id);
        Kind<Ocr2Key> ocr2 = new Kind<>("/v2/keys/ocr2", keystore.ocr2(), StoredKeyRoutes::resource, id -> id);
        Kind<VrfKey> vrf = new Kind<>("/v2/keys/vrf", keystore.vrf().stored(), StoredKeyRoutes::resource, id -> id);
        Access edit = Access.role(Role.EDIT);
        Stream<Route> makers = Stream.of(
                Route.post("/v2/keys/csa", edit, call -> createCsa(csa)),
                Route.post("/v2/keys/p2p", edit, call -> p2p.create()),
                Route.post("/v2/keys/ocr", edit, call -> ocr.create()),
                Route.post("/v2/keys/ocr2/:chainType", edit, call -> createOcr2(call, ocr2)),
                Route.post("/v2/keys/vrf", edit, call -> vrf.create()),
                Route.post("/v2/keys/csa/import", Access.role(Role.ADMIN), call -> importCsa(call, csa)));
        return Stream.of(makers, csa.readAndExport(), p2p.all(), ocr.all(), ocr2.all(), vrf.all())
                .flatMap(rows -> rows)
                .toList();
    }

    /** The rows of one kind. */
    private record Kind<K>(
            String path, StoredKeys<K> keys, Function<K, Resource> resource, Function<String, String> readId) {

        /** Without making, for which kinds differ. */
        Stream<Route> all() {
            Access admin = Access.role(Role.ADMIN);
            return Stream.concat(
                    readAndExport(),
                    Stream.of(
                            Route.delete(path + "/:keyID", admin, this::delete),
                            Route.post(path + "/import", admin, call -> importKey(call, call.query("oldpassword"))),
                            Route.post(path + "/restore/:keyID", admin, this::restore)));
        }

        Stream<Route> readAndExport() {
            return Stream.of(
                    Route.get(path, Access.role(Role.VIEW), call -> list()),
                    Route.post(path + "/export/:ID", Access.role(Role.ADMIN), this::export));
        }

        private Answer list() {
            return JsonApi.list(200, keys.list().stream().map(resource).toList());
        }

        Answer create() {
            return JsonApi.one(resource.apply(keys.create()));
        }

        Answer importKey(Call call, String text) {
            Password password = Password.of(text);
            try {
                String json = new String(call.body().toArray(), StandardCharsets.UTF_8);
                return JsonApi.one(resource.apply(keys.importFile(json, password)));
            } finally {
                password.destroy();
            }
        }

        private Answer export(Call call) {
            String id = readId.apply(call.parameter("ID"));
            Password password = Password.of(call.query("newpassword"));
            try {
                return Answer.of(200, Answer.JSON_API, keys.export(id, password));
            } finally {
                password.destroy();
            }
        }

        private Answer delete(Call call) {
            String id = readId.apply(call.parameter("keyID"));
            String hard = call.query("hard");
            boolean forever = !hard.isEmpty() && GoFormats.bool(hard, "hard must be bool: ");
            return orNotFound(() -> forever
                    ? keys.deleteForever(id)
                            .map(key -> JsonApi.one(resource.apply(key)))
                            .orElseGet(Answer::noContent)
                    : JsonApi.one(resource.apply(keys.delete(id))));
        }

        /** Out of the archive of deleted keys; the Go node has none. */
        private Answer restore(Call call) {
            return orNotFound(() -> JsonApi.one(resource.apply(keys.restore(readId.apply(call.parameter("keyID"))))));
        }

        private static Answer orNotFound(Supplier<Answer> action) {
            try {
                return action.get();
            } catch (KeystoreException e) {
                if (e.reason() == Reason.KEY_NOT_FOUND) {
                    throw WebException.refused(404, String.valueOf(e.getMessage()));
                }
                throw e;
            }
        }
    }

    private static Answer createCsa(Kind<CsaKey> csa) {
        try {
            return csa.create();
        } catch (KeystoreException e) {
            if (e.reason() == Reason.KEY_LIMIT) {
                throw WebException.refused(400, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /**
     * The Go node's command line escapes the passwords of CSA keys once too often, so that files it had exported open
     * with the escaped password only: that is tried second.
     */
    private static Answer importCsa(Call call, Kind<CsaKey> csa) {
        String password = call.query("oldpassword");
        String escaped = URLEncoder.encode(password, StandardCharsets.UTF_8);
        try {
            return csa.importKey(call, password);
        } catch (KeystoreException e) {
            if (e.reason() != Reason.KEY_FILE_REFUSED || escaped.equals(password)) {
                throw e;
            }
            return csa.importKey(call, escaped);
        }
    }

    private static Answer createOcr2(Call call, Kind<Ocr2Key> ocr2) {
        String type = call.parameter("chainType");
        if (!type.equals(Ocr2Key.CHAIN_TYPE)) {
            throw WebException.refused(
                    400, "unknown chain type \"" + type + "\": valid types include: [" + CHAIN_TYPES + "]");
        }
        return ocr2.create();
    }

    /** A peer id with or without its prefix. */
    private static String peer(String text) {
        P2pKey.complaint(text).ifPresent(complaint -> {
            throw WebException.refused(422, complaint);
        });
        return P2pKey.bare(text);
    }

    private static Resource resource(CsaKey key) {
        return new Resource("csaKeys", key.id(), new CsaAttributes(key.publicKey(), CSA_VERSION));
    }

    private static Resource resource(P2pKey key) {
        return new Resource("encryptedP2PKeys", key.id(), new P2pAttributes(key.peerId(), key.publicKey()));
    }

    private static Resource resource(OcrKey key) {
        return new Resource(
                "keyV2s",
                key.id(),
                new OcrAttributes(key.onChainSigningAddress(), key.offChainPublicKey(), key.configPublicKey()));
    }

    private static Resource resource(Ocr2Key key) {
        return new Resource(
                "keyV2s",
                key.id(),
                new Ocr2Attributes(
                        Ocr2Key.CHAIN_TYPE,
                        "ocr2on_evm_" + key.onchainPublicKey(),
                        "ocr2off_evm_" + key.offchainPublicKey(),
                        "ocr2cfg_evm_" + key.configPublicKey()));
    }

    private static Resource resource(VrfKey key) {
        return new Resource("encryptedVRFKeys", key.compressed(), key);
    }
}
