package io.carabiner.keystore;

import io.carabiner.crypto.Eip55;
import io.carabiner.database.Database;
import io.carabiner.keystore.KeystoreException.Reason;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * All keys of a ring in one encrypted file, for a safe: it needs neither the database nor the keystore's password to be
 * opened again, only the password it was given. Keys in the archive are not in it.
 *
 * <p>The file is JSON: {@code type}, {@code createdAt}, {@code states} (on which chains an address may send), and
 * {@code crypto} in the form of all key files. It holds no key in the clear.
 *
 * @param addresses the Ethereum addresses
 * @param others how many keys there are of each other kind
 * @param states on which chains the addresses work
 */
public record KeyBundle(List<Address> addresses, Map<String, Integer> others, List<EthKey> states) {

    private static final String TYPE = "carabiner key bundle";
    private static final String PREFIX = "keybundle";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Copies. */
    public KeyBundle {
        addresses = List.copyOf(addresses);
        others = Map.copyOf(others);
        states = List.copyOf(states);
    }

    /** What a file says, once it is opened. */
    private record Opened(KeyRing ring, KeyBundle bundle) {}

    /**
     * Puts the stored ring into a file; the lease is not needed.
     *
     * @param keystore the keystore's password
     * @param own the file's; as good as a keystore's has to be
     * @return the text of the file
     * @throws KeystoreException {@code PASSWORD_WRONG}, {@code PASSWORD_TOO_SIMPLE}, {@code KEY_RING_BROKEN} or, where
     *     no key is stored, {@code KEY_NOT_FOUND}
     */
    public static String seal(Handle sql, Password keystore, Password own, ScryptCost cost, Instant now) {
        PasswordRules.complaint(own.reveal()).ifPresent(complaint -> {
            throw new KeystoreException(Reason.PASSWORD_TOO_SIMPLE, "the password for the file: " + complaint);
        });
        String stored = KeystoreTables.ring(sql)
                .orElseThrow(() -> new KeystoreException(Reason.KEY_NOT_FOUND, "there is no key in this database yet"));
        KeyRing ring = Keystore.ring(stored, keystore);
        ObjectNode file = JSON.createObjectNode();
        file.put("type", TYPE).put("createdAt", now.toString());
        var states = file.putArray("states");
        for (EthKey state : KeystoreTables.states(sql)) {
            states.addObject()
                    .put("address", Eip55.format(state.address()))
                    .put("evmChainID", state.chainId().toString())
                    .put("enabled", state.enabled());
        }
        byte[] plaintext = ring.toJson();
        byte[] secret = own.withPrefix(PREFIX);
        try {
            file.set("crypto", EncryptedJson.encrypt(plaintext, secret, cost));
        } finally {
            Arrays.fill(plaintext, (byte) 0);
            Arrays.fill(secret, (byte) 0);
        }
        return file.toPrettyString() + "\n";
    }

    /**
     * Opens a file and says what is in it: a drill that changes nothing.
     *
     * @throws KeystoreException {@code KEY_FILE_REFUSED} or {@code PASSWORD_WRONG}
     */
    public static KeyBundle look(String file, Password own) {
        return open(file, own, Instant.EPOCH).bundle();
    }

    /**
     * Puts the keys of a file into a database that has none, in one transaction.
     *
     * @param keystore the password that the keystore shall have there
     * @throws KeystoreException as {@link #look}; {@code KEY_EXISTS} if the database has keys, and nothing is changed
     */
    public static KeyBundle restore(
            Database database, String file, Password own, Password keystore, ScryptCost cost, Instant now) {
        PasswordRules.complaint(keystore.reveal()).ifPresent(complaint -> {
            throw new KeystoreException(Reason.PASSWORD_TOO_SIMPLE, "the keystore's password: " + complaint);
        });
        Opened opened = open(file, own, now);
        String encrypted = Keystore.encrypted(opened.ring(), keystore, cost).toString();
        database.execute(transaction -> {
            boolean empty = KeystoreTables.ring(transaction.sql()).isEmpty();
            if (!empty || !KeystoreTables.replaceRing(transaction, Optional.empty(), encrypted, now)) {
                throw new KeystoreException(
                        Reason.KEY_EXISTS,
                        "this database has keys already: restore into a new one, or import single keys with `carabiner"
                                + " keys eth import`. Nothing was changed");
            }
            opened.bundle().states().forEach(state -> KeystoreTables.putState(transaction, state));
        });
        return opened.bundle();
    }

    private static Opened open(String file, Password own, Instant now) {
        JsonNode json = parse(file);
        byte[] secret = own.withPrefix(PREFIX);
        byte[] plaintext;
        try {
            plaintext = EncryptedJson.decrypt(json.path("crypto"), secret);
        } catch (EncryptedJson.Refused e) {
            throw new KeystoreException(Reason.PASSWORD_WRONG, "the key bundle cannot be opened: " + e.reason());
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
        try {
            KeyRing ring = KeyRing.parse(plaintext);
            return new Opened(
                    ring, new KeyBundle(List.copyOf(ring.eth().keySet()), ring.otherCounts(), states(json, now)));
        } catch (IllegalArgumentException e) {
            throw refused();
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    private static JsonNode parse(String file) {
        try {
            JsonNode json = JSON.readTree(file);
            if (json.path("type").asString("").equals(TYPE)) {
                return json;
            }
        } catch (JacksonException e) {
            throw refused();
        }
        throw refused();
    }

    private static KeystoreException refused() {
        return new KeystoreException(
                Reason.KEY_FILE_REFUSED, "this is no key bundle: take a file that `carabiner keys backup` wrote");
    }

    private static List<EthKey> states(JsonNode json, Instant now) {
        List<EthKey> states = new ArrayList<>();
        for (JsonNode state : json.path("states")) {
            states.add(new EthKey(
                    Address.fromHex(state.path("address").asString("")),
                    new ChainId(new BigInteger(state.path("evmChainID").asString(""))),
                    state.path("enabled").asBoolean(false),
                    now,
                    now));
        }
        return states;
    }

    /** What is in it, in words: {@code 2 Eth, 1 P2P}. */
    public String summary() {
        Map<String, Integer> counts = new TreeMap<>(others);
        counts.put("Eth", addresses.size());
        return String.join(
                ", ",
                counts.entrySet().stream()
                        .filter(kind -> kind.getValue() > 0)
                        .map(kind -> kind.getValue() + " " + kind.getKey())
                        .toList());
    }
}
