package io.carabiner.keystore;

import io.carabiner.crypto.EthereumAddress;
import io.carabiner.crypto.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Raw: JSON with the type of chain, the keys off chain, the key on chain and the id: the hash of this JSON with 64
 * zeros in the id's place (Go node 2.15, keys/ocr2key). Older nodes name the key on chain {@code EVMKeyring}.
 */
final class Ocr2Kind implements KeyKind<Ocr2Key> {

    private static final String NO_ID = "0".repeat(64);
    private static final int OFFCHAIN_SIZE = 96;

    @Override
    public String member() {
        return "OCR2";
    }

    @Override
    public String errorWord() {
        return "OCR";
    }

    @Override
    public String passwordPrefix() {
        return "ocr2key";
    }

    @Override
    public boolean importedAgain() {
        return true;
    }

    @Override
    public byte[] generate(SecureRandom random) {
        byte[] scalar = PrivateKey.generate(random).toArray();
        byte[] signing = Ed25519Keys.generate(random);
        byte[] offchain = Arrays.copyOf(signing, OFFCHAIN_SIZE);
        byte[] encryption = Ed25519Keys.random(random, OFFCHAIN_SIZE - signing.length);
        System.arraycopy(encryption, 0, offchain, signing.length, encryption.length);
        byte[] unnamed = RawJson.write(json -> write(json, offchain, scalar, NO_ID));
        try {
            return RawJson.write(json -> write(json, offchain, scalar, RawJson.sha256(unnamed)));
        } finally {
            for (byte[] secret : new byte[][] {scalar, signing, offchain, encryption, unnamed}) {
                Arrays.fill(secret, (byte) 0);
            }
        }
    }

    private static void write(JsonGenerator json, byte[] offchain, byte[] scalar, String id) {
        json.writeStringProperty("ChainType", Ocr2Key.CHAIN_TYPE);
        json.writeName("OffchainKeyring").writeBinary(offchain);
        json.writeName("Keyring").writeBinary(scalar);
        json.writeStringProperty("ID", id);
    }

    /** Keys for other types of chains stay in the ring, for the day they go back to a Go node. */
    @Override
    public boolean understands(byte[] raw) {
        return chainType(RawJson.read(raw)).equals(Ocr2Key.CHAIN_TYPE);
    }

    private static String chainType(JsonNode json) {
        return json.path("ChainType").asString("");
    }

    @Override
    public Ocr2Key describe(byte[] raw) {
        JsonNode json = RawJson.read(raw);
        if (!chainType(json).equals(Ocr2Key.CHAIN_TYPE)) {
            throw new IllegalArgumentException("an OCR2 key of another type of chain");
        }
        byte[] offchain = RawJson.bytes(json, "OffchainKeyring");
        byte[] scalar = RawJson.bytes(json, json.has("Keyring") ? "Keyring" : "EVMKeyring");
        try {
            if (offchain.length != OFFCHAIN_SIZE) {
                throw new IllegalArgumentException("OffchainKeyring has not 96 bytes");
            }
            return new Ocr2Key(
                    idOf(json, raw),
                    EthereumAddress.of(PrivateKey.of(scalar)).bytes().toBareHex(),
                    HexFormat.of().formatHex(Ed25519Keys.publicKey(offchain, 0)),
                    HexFormat.of().formatHex(Ed25519Keys.x25519PublicKey(offchain, Ed25519Keys.PRIVATE_SIZE)));
        } finally {
            Arrays.fill(offchain, (byte) 0);
            Arrays.fill(scalar, (byte) 0);
        }
    }

    /** The id it carries; computed where it carries none. */
    private static String idOf(JsonNode json, byte[] raw) {
        String id = json.path("ID").asString("");
        if (id.matches("[0-9a-f]{64}") && !id.equals(NO_ID)) {
            return id;
        }
        if (id.equals(NO_ID)) {
            return RawJson.sha256(raw);
        }
        throw new IllegalArgumentException("ID has not 64 hex digits");
    }

    @Override
    public String id(Ocr2Key key) {
        return key.id();
    }

    @Override
    public ObjectNode file(Ocr2Key key, ObjectNode crypto) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("keyType", member());
        file.put("chainType", Ocr2Key.CHAIN_TYPE);
        file.put("id", key.id());
        file.put("onchainPublicKey", key.onchainPublicKey());
        file.put("offchainPublicKey", key.offchainPublicKey());
        file.put("configPublicKey", key.configPublicKey());
        file.set("crypto", crypto);
        return file;
    }
}
