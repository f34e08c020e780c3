package io.carabiner.web;

import io.carabiner.graphql.Arguments;
import io.carabiner.graphql.Clearance;
import io.carabiner.graphql.RefusedException;
import io.carabiner.graphql.Shape;
import io.carabiner.keystore.CsaKey;
import io.carabiner.keystore.Keystore;
import io.carabiner.keystore.KeystoreException;
import io.carabiner.keystore.Ocr2Key;
import io.carabiner.keystore.OcrKey;
import io.carabiner.keystore.P2pKey;
import io.carabiner.keystore.StoredKeys;
import io.carabiner.keystore.VrfKey;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** CSA, OCR, OCR2, P2P and VRF keys over GraphQL (Go node 2.31, core/web/resolver), and the lists of other networks. */
final class StoredKeyQueries {

    private static final List<String> OTHER_NETWORKS = List.of("Solana", "Aptos", "Sui", "Cosmos", "Tron", "Stellar");

    /**
     * How one kind of key is named.
     *
     * @param noun in the error about an id that is not there
     * @param field of the answers to a creation and a deletion
     */
    private record Kind<K>(StoredKeys<K> keys, Function<K, Shape> shape, String noun, String field) {

        Shape created(String type) {
            return Shape.of(type).with(field, shape.apply(keys.create()));
        }

        Shape deleted(String id, String shownId, String type) {
            return keys.find(id).isPresent()
                    ? Shape.of(type).with(field, shape.apply(keys.delete(id)))
                    : unknown(shownId);
        }

        Shape unknown(String shownId) {
            return QueryFields.notFound("unable to find " + noun + " key with id " + shownId);
        }

        Shape list(String type) {
            return QueryFields.results(type, keys.list().stream().map(shape).toList());
        }
    }

    private final Kind<CsaKey> csa;
    private final Kind<OcrKey> ocr;
    private final Kind<Ocr2Key> ocr2;
    private final Kind<P2pKey> p2p;
    private final Kind<VrfKey> vrf;

    StoredKeyQueries(Keystore keystore) {
        csa = new Kind<>(keystore.csa(), StoredKeyQueries::shape, "CSA", "csaKey");
        ocr = new Kind<>(keystore.ocr(), StoredKeyQueries::shape, "OCR", "bundle");
        ocr2 = new Kind<>(keystore.ocr2(), StoredKeyQueries::shape, "OCR", "bundle");
        p2p = new Kind<>(keystore.p2p(), StoredKeyQueries::shape, "P2P", "p2pKey");
        vrf = new Kind<>(keystore.vrf().stored(), StoredKeyQueries::shape, "VRF", "key");
    }

    void addTo(QueryFields fields) {
        lists(fields);
        creations(fields);
        deletions(fields);
    }

    private void lists(QueryFields fields) {
        fields.query("csaKeys", arguments -> csa.list("CSAKeysPayload"));
        fields.query("ocrKeyBundles", arguments -> ocr.list("OCRKeyBundlesPayload"));
        fields.query("ocr2KeyBundles", arguments -> ocr2.list("OCR2KeyBundlesPayload"));
        fields.query("p2pKeys", arguments -> p2p.list("P2PKeysPayload"));
        fields.query("vrfKeys", arguments -> vrf.list("VRFKeysPayload"));
        fields.query("vrfKey", this::vrfKey);
        OTHER_NETWORKS.forEach(network -> fields.query(
                network.toLowerCase(Locale.ROOT) + "Keys",
                arguments -> QueryFields.results(network + "KeysPayload", List.of())));
        fields.query("starknetKeys", arguments -> QueryFields.results("StarkNetKeysPayload", List.of()));
        fields.query("tonKeys", arguments -> QueryFields.results("TONKeysPayload", List.of()));
    }

    private void creations(QueryFields fields) {
        fields.mutation("createCSAKey", Clearance.EDIT, arguments -> createCsa());
        fields.mutation("createOCRKeyBundle", Clearance.EDIT, arguments -> ocr.created("CreateOCRKeyBundleSuccess"));
        fields.mutation("createOCR2KeyBundle", Clearance.EDIT, this::createOcr2);
        fields.mutation("createP2PKey", Clearance.EDIT, arguments -> p2p.created("CreateP2PKeySuccess"));
        fields.mutation("createVRFKey", Clearance.EDIT, arguments -> vrf.created("CreateVRFKeyPayload"));
    }

    private void deletions(QueryFields fields) {
        fields.mutation("deleteCSAKey", Clearance.ADMIN, asked -> delete(csa, asked, "DeleteCSAKeySuccess"));
        fields.mutation(
                "deleteOCRKeyBundle", Clearance.ADMIN, asked -> delete(ocr, asked, "DeleteOCRKeyBundleSuccess"));
        fields.mutation(
                "deleteOCR2KeyBundle", Clearance.ADMIN, asked -> delete(ocr2, asked, "DeleteOCR2KeyBundleSuccess"));
        fields.mutation("deleteP2PKey", Clearance.ADMIN, this::deleteP2p);
        fields.mutation("deleteVRFKey", Clearance.ADMIN, asked -> delete(vrf, asked, "DeleteVRFKeySuccess"));
    }

    private static Shape delete(Kind<?> kind, Arguments arguments, String type) {
        String id = arguments.text("id");
        return kind.deleted(id, id, type);
    }

    private Shape vrfKey(Arguments arguments) {
        String id = arguments.text("id");
        return vrf.keys()
                .find(id)
                .map(key -> Shape.of("VRFKeySuccess").with("key", shape(key)))
                .orElseGet(() -> vrf.unknown(id));
    }

    private Shape createCsa() {
        try {
            return csa.created("CreateCSAKeySuccess");
        } catch (KeystoreException e) {
            if (e.reason() != KeystoreException.Reason.KEY_LIMIT) {
                throw e;
            }
            return QueryFields.error("CSAKeyExistsError", String.valueOf(e.getMessage()), "UNPROCESSABLE");
        }
    }

    private Shape createOcr2(Arguments arguments) {
        if (!arguments.text("chainType").equalsIgnoreCase(Ocr2Key.CHAIN_TYPE)) {
            throw new RefusedException("keys for " + arguments.text("chainType")
                    + " are not made by this node: EVM is the only type of chain here");
        }
        return ocr2.created("CreateOCR2KeyBundleSuccess");
    }

    private Shape deleteP2p(Arguments arguments) {
        String id = arguments.text("id");
        P2pKey.complaint(id).ifPresent(complaint -> {
            throw new RefusedException(complaint);
        });
        String bare = P2pKey.bare(id);
        return p2p.deleted(bare, P2pKey.PREFIX + bare, "DeleteP2PKeySuccess");
    }

    /** The Go node's GraphQL says 0 where its REST says 1. */
    private static Shape shape(CsaKey key) {
        return Shape.of("CSAKey")
                .with("id", key.id())
                .with("publicKey", key.publicKey())
                .with("version", 0);
    }

    private static Shape shape(OcrKey key) {
        return Shape.of("OCRKeyBundle")
                .with("id", key.id())
                .with("configPublicKey", key.configPublicKey())
                .with("offChainPublicKey", key.offChainPublicKey())
                .with("onChainSigningAddress", key.onChainSigningAddress());
    }

    private static Shape shape(Ocr2Key key) {
        return Shape.of("OCR2KeyBundle")
                .with("id", key.id())
                .with("chainType", "EVM")
                .with("configPublicKey", "ocr2cfg_evm_" + key.configPublicKey())
                .with("onChainPublicKey", "ocr2on_evm_" + key.onchainPublicKey())
                .with("offChainPublicKey", "ocr2off_evm_" + key.offchainPublicKey());
    }

    private static Shape shape(P2pKey key) {
        return Shape.of("P2PKey")
                .with("id", key.id())
                .with("peerID", key.peerId())
                .with("publicKey", key.publicKey());
    }

    private static Shape shape(VrfKey key) {
        return Shape.of("VRFKey")
                .with("id", key.compressed())
                .with("compressed", key.compressed())
                .with("uncompressed", key.uncompressed())
                .with("hash", key.hash());
    }
}
