package io.carabiner.keystore;

import io.carabiner.crypto.PrivateKey;
import io.carabiner.keystore.EncryptedJson.Refused;
import io.carabiner.keystore.KeystoreException.Reason;
import io.carabiner.primitives.Address;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One Ethereum key as a file: the Web3 Secret Storage Definition, version 3. Stateless. */
final class Web3KeyFile {

    private static final int VERSION = 3;
    private static final String FAULT = "EthKeyStore#ImportKey failed to decrypt key: ";

    private Web3KeyFile() {}

    /** Encrypts a key under a password of its own; the file is one line. */
    static String write(Address address, PrivateKey key, Password password, ScryptCost cost) {
        byte[] plaintext = key.toArray();
        byte[] secret = password.withPrefix("");
        try {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("address", address.bytes().toBareHex());
            json.set("crypto", EncryptedJson.encrypt(plaintext, secret, cost));
            json.put("id", idOf(address).toString());
            json.put("version", VERSION);
            return json.toString();
        } finally {
            Arrays.fill(plaintext, (byte) 0);
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** As the Go node: the first 16 bytes of the address. */
    private static UUID idOf(Address address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.toArray());
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /**
     * Decrypts a key file.
     *
     * @throws KeystoreException {@code KEY_FILE_REFUSED} with the Go node's words
     */
    static PrivateKey read(String file, Password password) {
        JsonNode json = KeyFileJson.parse(file, Web3KeyFile::refused);
        byte[] secret = password.withPrefix("");
        try {
            requireVersion(json);
            byte[] plaintext = EncryptedJson.decrypt(EncryptedJson.child(json, "crypto"), secret);
            try {
                return PrivateKey.of(plaintext);
            } finally {
                Arrays.fill(plaintext, (byte) 0);
            }
        } catch (Refused e) {
            throw refused(e.reason());
        } catch (IllegalArgumentException e) {
            throw refused("invalid private key");
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static void requireVersion(JsonNode json) throws Refused {
        JsonNode version = EncryptedJson.child(json, "version");
        if (!version.isNumber() || version.asInt(0) != VERSION) {
            throw new Refused("version not supported: " + version.asString("0"));
        }
    }

    private static KeystoreException refused(String reason) {
        return new KeystoreException(Reason.KEY_FILE_REFUSED, FAULT + reason);
    }
}
