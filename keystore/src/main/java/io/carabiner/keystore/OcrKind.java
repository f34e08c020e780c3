package io.carabiner.keystore;

import io.carabiner.crypto.Eip55;
import io.carabiner.crypto.EthereumAddress;
import io.carabiner.crypto.PrivateKey;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Raw: JSON of three private keys. The id is the hash of exactly these bytes, so they are kept as they came (Go node
 * 2.15, keys/ocrkey).
 */
final class OcrKind implements KeyKind<OcrKey> {

    private static final int ENCRYPTION_SIZE = 32;

    @Override
    public String member() {
        return "OCR";
    }

    @Override
    public String passwordPrefix() {
        return "ocrkey";
    }

    @Override
    public byte[] generate(SecureRandom random) {
        byte[] scalar = PrivateKey.generate(random).toArray();
        byte[] signing = Ed25519Keys.generate(random);
        byte[] encryption = Ed25519Keys.random(random, ENCRYPTION_SIZE);
        try {
            return RawJson.write(json -> write(json, scalar, signing, encryption));
        } finally {
            Arrays.fill(scalar, (byte) 0);
            Arrays.fill(signing, (byte) 0);
            Arrays.fill(encryption, (byte) 0);
        }
    }

    private static void write(JsonGenerator json, byte[] scalar, byte[] signing, byte[] encryption) {
        json.writeName("EcdsaD").writeNumber(new BigInteger(1, scalar));
        json.writeName("Ed25519PrivKey").writeBinary(signing);
        json.writeName("OffChainEncryption").writeStartArray();
        for (byte digit : encryption) {
            json.writeNumber(digit & 0xff);
        }
        json.writeEndArray();
    }

    @Override
    public OcrKey describe(byte[] raw) {
        JsonNode json = RawJson.read(raw);
        byte[] signing = RawJson.bytes(json, "Ed25519PrivKey");
        byte[] encryption = encryption(json.path("OffChainEncryption"));
        try {
            return new OcrKey(
                    RawJson.sha256(raw),
                    "ocrsad_" + Eip55.format(EthereumAddress.of(scalar(json.path("EcdsaD")))),
                    "ocroff_" + HexFormat.of().formatHex(Ed25519Keys.publicKey(signing, 0)),
                    "ocrcfg_" + HexFormat.of().formatHex(Ed25519Keys.x25519PublicKey(encryption, 0)));
        } finally {
            Arrays.fill(signing, (byte) 0);
            Arrays.fill(encryption, (byte) 0);
        }
    }

    private static PrivateKey scalar(JsonNode number) {
        if (!number.isIntegralNumber() || number.bigIntegerValue().signum() <= 0) {
            throw new IllegalArgumentException("EcdsaD is no number");
        }
        byte[] digits = number.bigIntegerValue().toByteArray();
        int sign = digits[0] == 0 ? 1 : 0;
        try {
            return PrivateKey.of(Arrays.copyOfRange(digits, sign, digits.length));
        } finally {
            Arrays.fill(digits, (byte) 0);
        }
    }

    private static byte[] encryption(JsonNode numbers) {
        if (!numbers.isArray() || numbers.size() != ENCRYPTION_SIZE) {
            throw new IllegalArgumentException("OffChainEncryption has not 32 numbers");
        }
        byte[] result = new byte[ENCRYPTION_SIZE];
        for (int i = 0; i < ENCRYPTION_SIZE; i++) {
            result[i] = (byte) numbers.path(i).asInt(0);
        }
        return result;
    }

    @Override
    public String id(OcrKey key) {
        return key.id();
    }

    @Override
    public ObjectNode file(OcrKey key, ObjectNode crypto) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("keyType", member());
        file.put("id", key.id());
        file.put("onChainSigningAddress", key.onChainSigningAddress());
        file.put("offChainPublicKey", key.offChainPublicKey());
        file.put("configPublicKey", key.configPublicKey());
        file.set("crypto", crypto);
        return file;
    }
}
