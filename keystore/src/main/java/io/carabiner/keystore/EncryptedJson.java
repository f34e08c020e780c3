package io.carabiner.keystore;

import io.carabiner.crypto.Keccak256;
import io.carabiner.crypto.Scrypt;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code crypto} object of the Web3 Secret Storage Definition, version 3: AES-128-CTR under a key derived from a
 * password, with a Keccak-256 check. The key ring and all exported keys are wrapped in it.
 *
 * <p>Stateless but for its source of randomness; safe for use by many threads. Deriving with the standard cost takes
 * about a second and 256 MiB outside the heap; derivations queue up behind each other.
 */
final class EncryptedJson {

    /** The memory that a file may make scrypt use. */
    static final long SCRYPT_MEMORY_LIMIT_BYTES = 1L << 30;

    static final int PBKDF2_ROUNDS_LIMIT = 50_000_000;

    private static final String CIPHER = "aes-128-ctr";
    private static final String WRONG_PASSWORD = "could not decrypt key with given password";
    private static final int KEY_SIZE = 32;
    private static final int SALT_SIZE = 32;
    private static final int IV_SIZE = 16;
    private static final HexFormat HEX = HexFormat.of();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ReentrantLock SCRYPT_TURN = new ReentrantLock();

    private EncryptedJson() {}

    /** Something that cannot be decrypted, with the Go node's reason. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final String reason;

        Refused(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** Encrypts with a fresh salt and vector. The password's array is left as it is. */
    static ObjectNode encrypt(byte[] plaintext, byte[] password, ScryptCost cost) {
        byte[] salt = random(SALT_SIZE);
        byte[] iv = random(IV_SIZE);
        byte[] key = scrypt(password, salt, cost.n(), cost.r(), cost.p(), KEY_SIZE);
        try {
            byte[] ciphertext = aes(key, iv, plaintext);
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("cipher", CIPHER);
            json.put("ciphertext", HEX.formatHex(ciphertext));
            json.putObject("cipherparams").put("iv", HEX.formatHex(iv));
            json.put("kdf", "scrypt");
            json.putObject("kdfparams")
                    .put("dklen", KEY_SIZE)
                    .put("n", cost.n())
                    .put("p", cost.p())
                    .put("r", cost.r())
                    .put("salt", HEX.formatHex(salt));
            json.put("mac", HEX.formatHex(mac(key, ciphertext)));
            return json;
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * Decrypts; the caller wipes the result. The password's array is left as it is.
     *
     * @throws Refused if the password is wrong or the object is not what it should be
     */
    static byte[] decrypt(JsonNode json, byte[] password) throws Refused {
        String cipher = text(json, "cipher");
        if (!cipher.equals(CIPHER)) {
            throw new Refused("cipher not supported: " + cipher);
        }
        byte[] mac = hex(text(json, "mac"));
        byte[] iv = hex(text(child(json, "cipherparams"), "iv"));
        byte[] ciphertext = hex(text(json, "ciphertext"));
        byte[] key = derive(json, password);
        try {
            if (!MessageDigest.isEqual(mac(key, ciphertext), mac)) {
                throw new Refused(WRONG_PASSWORD);
            }
            if (iv.length != IV_SIZE) {
                throw new Refused("the iv has " + iv.length + " bytes, not " + IV_SIZE);
            }
            return aes(key, iv, ciphertext);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] derive(JsonNode json, byte[] password) throws Refused {
        JsonNode parameters = child(json, "kdfparams");
        String function = text(json, "kdf");
        if (!function.equals("scrypt") && !function.equals("pbkdf2")) {
            throw new Refused("unsupported KDF: " + function);
        }
        byte[] salt = hex(text(parameters, "salt"));
        int length = number(parameters, "dklen");
        if (length < KEY_SIZE || length > 1024) {
            throw new Refused("dklen is " + length + ", not " + KEY_SIZE);
        }
        return function.equals("scrypt")
                ? scrypt(parameters, password, salt, length)
                : pbkdf2(parameters, password, salt, length);
    }

    private static byte[] scrypt(JsonNode parameters, byte[] password, byte[] salt, int length) throws Refused {
        int n = number(parameters, "n");
        int r = number(parameters, "r");
        int p = number(parameters, "p");
        boolean sensible = n > 1 && Integer.bitCount(n) == 1 && r > 0 && p > 0 && p <= 64 && r <= 1024;
        if (!sensible || 128L * r * n > SCRYPT_MEMORY_LIMIT_BYTES) {
            throw new Refused("scrypt parameters n=" + n + ", r=" + r + ", p=" + p + " are not supported");
        }
        return scrypt(password, salt, n, r, p, length);
    }

    /** One at a time: each may take hundreds of megabytes. */
    private static byte[] scrypt(byte[] password, byte[] salt, int n, int r, int p, int length) {
        SCRYPT_TURN.lock();
        try {
            return Scrypt.derive(password, salt, n, r, p, length);
        } finally {
            SCRYPT_TURN.unlock();
        }
    }

    private static byte[] pbkdf2(JsonNode parameters, byte[] password, byte[] salt, int length) throws Refused {
        String function = text(parameters, "prf");
        int rounds = number(parameters, "c");
        if (!function.equals("hmac-sha256")) {
            throw new Refused("unsupported PBKDF2 PRF: " + function);
        }
        if (rounds < 1 || rounds > PBKDF2_ROUNDS_LIMIT) {
            throw new Refused("PBKDF2 with " + rounds + " rounds is not supported");
        }
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
        generator.init(password, salt, rounds);
        return ((KeyParameter) generator.generateDerivedMacParameters(8 * length)).getKey();
    }

    private static byte[] mac(byte[] key, byte[] ciphertext) {
        return Keccak256.digest(Arrays.copyOfRange(key, KEY_SIZE / 2, KEY_SIZE), ciphertext);
    }

    /** Counter mode: the same both ways. */
    private static byte[] aes(byte[] key, byte[] iv, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, 0, KEY_SIZE / 2, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES in counter mode", e);
        }
    }

    private static byte[] random(int size) {
        byte[] result = new byte[size];
        RANDOM.nextBytes(result);
        return result;
    }

    /** A member by its name in any case of letters, as Go's decoder finds it. */
    static JsonNode child(JsonNode json, String name) {
        JsonNode exact = json.path(name);
        if (!exact.isMissingNode()) {
            return exact;
        }
        return json.propertyStream()
                .filter(member -> member.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(exact);
    }

    private static String text(JsonNode json, String name) {
        return child(json, name).asString("");
    }

    private static int number(JsonNode json, String name) {
        JsonNode value = child(json, name);
        return value.isNumber() && value.canConvertToInt() ? value.asInt() : 0;
    }

    private static byte[] hex(String text) throws Refused {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128 || Character.digit(text.charAt(i), 16) < 0) {
                throw new Refused(String.format(
                        Locale.ROOT, "encoding/hex: invalid byte: U+%04X '%c'", (int) text.charAt(i), text.charAt(i)));
            }
        }
        if (text.length() % 2 != 0) {
            throw new Refused("encoding/hex: odd length hex string");
        }
        return HEX.parseHex(text);
    }
}
