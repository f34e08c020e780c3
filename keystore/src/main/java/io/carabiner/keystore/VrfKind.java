package io.carabiner.keystore;

import io.carabiner.crypto.Keccak256;
import io.carabiner.crypto.PrivateKey;
import io.carabiner.crypto.PublicKey;
import io.carabiner.crypto.Secp256k1;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Raw: a scalar of secp256k1, big-endian (Go node 2.15, keys/vrfkey). */
final class VrfKind implements KeyKind<VrfKey> {

    private static final int FILE_VERSION = 3;
    private static final String NO_KEY = "0x" + "0".repeat(66);
    private static final int COORDINATE_SIZE = 32;
    private static final int ADDRESS_DIGITS = 40;

    @Override
    public String member() {
        return "VRF";
    }

    @Override
    public String passwordPrefix() {
        return "don't mix VRF and Ethereum keys!";
    }

    @Override
    public byte[] generate(SecureRandom random) {
        return PrivateKey.generate(random).toArray();
    }

    @Override
    public VrfKey describe(byte[] raw) {
        PublicKey point = Secp256k1.publicKey(PrivateKey.of(raw));
        byte[] uncompressed = point.bytes().toArray();
        byte[] compressed = Arrays.copyOf(uncompressed, COORDINATE_SIZE + 1);
        compressed[COORDINATE_SIZE] = (byte) (uncompressed[uncompressed.length - 1] & 1);
        return new VrfKey(hex(compressed), hex(uncompressed), hex(Keccak256.digest(uncompressed)));
    }

    private static String hex(byte[] content) {
        return "0x" + HexFormat.of().formatHex(content);
    }

    @Override
    public String id(VrfKey key) {
        return key.compressed();
    }

    @Override
    public ObjectNode file(VrfKey key, ObjectNode crypto) {
        ObjectNode inner = JsonNodeFactory.instance.objectNode();
        inner.put("address", key.hash().substring(key.hash().length() - ADDRESS_DIGITS));
        inner.set("crypto", crypto);
        inner.put("version", FILE_VERSION);
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("PublicKey", key.compressed());
        file.set("vrf_key", inner);
        return file;
    }

    @Override
    public JsonNode crypto(JsonNode file) {
        return EncryptedJson.child(EncryptedJson.child(file, "vrf_key"), "crypto");
    }

    @Override
    public Optional<String> objection(JsonNode file) {
        JsonNode version = EncryptedJson.child(EncryptedJson.child(file, "vrf_key"), "version");
        return version.asInt(0) == FILE_VERSION
                ? Optional.empty()
                : Optional.of("version not supported: " + version.asInt(0));
    }

    @Override
    public String decryptFault(JsonNode file) {
        JsonNode named = EncryptedJson.child(file, "PublicKey");
        String id = named.asString("").matches("0x[0-9a-fA-F]{66}") ? named.asString() : NO_KEY;
        return "could not decrypt VRF key " + id + ": ";
    }
}
