package io.carabiner.keystore;

import io.carabiner.database.Database;
import io.carabiner.database.DatabaseException;
import io.carabiner.database.WriteTransaction;
import io.carabiner.keystore.EncryptedJson.Refused;
import io.carabiner.keystore.KeystoreException.Reason;
import io.carabiner.primitives.TimeSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The node's keys, unlocked: one ring, encrypted with the keystore password in the format of the Go node
 * (core/services/keystore), stored as one row.
 *
 * <p>Safe for use by many threads. Reading and signing never touch the database nor wait for a change in progress;
 * changes are made one after the other, each with one write transaction that replaces the ring and the rows that belong
 * to it. A change costs one derivation: with {@link ScryptCost#STANDARD} about a second and 256 MiB outside the heap.
 */
public final class Keystore {

    private static final String RING_PREFIX = "master-password-";
    private static final String UNLOCK_FAULT = "error authenticating keystore: ";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final Password password;
    private final ScryptCost cost;
    private final TimeSource time;
    private final EthKeys eth = new EthKeys(this);
    private final StoredKeys<CsaKey> csa = new StoredKeys<>(this, new CsaKind());
    private final StoredKeys<P2pKey> p2p = new StoredKeys<>(this, new P2pKind());
    private final StoredKeys<OcrKey> ocr = new StoredKeys<>(this, new OcrKind());
    private final StoredKeys<Ocr2Key> ocr2 = new StoredKeys<>(this, new Ocr2Kind());
    private final VrfKeys vrf = new VrfKeys(this);
    private final ReentrantLock changes = new ReentrantLock();
    private volatile KeystoreState state;

    private Keystore(Database database, Password password, ScryptCost cost, TimeSource time, KeystoreState state) {
        this.database = database;
        this.password = password;
        this.cost = cost;
        this.time = time;
        this.state = state;
    }

    /**
     * Reads the stored ring and opens it with the password; before the first key there is none, and the password only
     * has to be good enough for a new one.
     *
     * @param password copied; the caller may wipe its own
     * @throws KeystoreException {@code PASSWORD_WRONG}, {@code PASSWORD_TOO_SIMPLE} or {@code KEY_RING_BROKEN}
     */
    public static Keystore open(Database database, Password password, ScryptCost cost, TimeSource time) {
        return open(database, password, cost, time, Optional.empty());
    }

    /**
     * As {@link #open(Database, Password, ScryptCost, TimeSource)}, without another derivation where the stored ring is
     * still the one that was unlocked ahead.
     *
     * @param ahead from {@link UnlockedRing#ahead}, with the same password
     */
    public static Keystore open(
            Database database, Password password, ScryptCost cost, TimeSource time, Optional<UnlockedRing> ahead) {
        Optional<String> stored = database.read(KeystoreTables::ring);
        KeystoreState state = stored.isEmpty()
                ? begin(password)
                : ahead.filter(ring -> ring.stored().equals(stored.get()))
                        .map(UnlockedRing::state)
                        .orElseGet(() -> unlock(stored.get(), password));
        List<EthKey> states = database.read(KeystoreTables::states);
        return new Keystore(
                database, password.copy(), cost, time, new KeystoreState(state.ring(), state.mac(), states));
    }

    private static KeystoreState begin(Password password) {
        PasswordRules.complaint(password.reveal()).ifPresent(complaint -> {
            throw new KeystoreException(Reason.PASSWORD_TOO_SIMPLE, UNLOCK_FAULT + complaint);
        });
        return new KeystoreState(KeyRing.EMPTY, Optional.empty(), List.of());
    }

    static KeystoreState unlock(String stored, Password password) {
        JsonNode json = parse(stored);
        byte[] plaintext = decrypt(json, password);
        try {
            return new KeystoreState(KeyRing.parse(plaintext), Optional.of(macOf(json)), List.of());
        } catch (IllegalArgumentException e) {
            throw broken("it does not hold keys once decrypted");
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    private static JsonNode parse(String stored) {
        try {
            return JSON.readTree(stored);
        } catch (JacksonException e) {
            throw broken("it is not JSON");
        }
    }

    private static byte[] decrypt(JsonNode json, Password password) {
        byte[] secret = password.withPrefix(RING_PREFIX);
        try {
            return EncryptedJson.decrypt(json, secret);
        } catch (Refused e) {
            throw new KeystoreException(
                    Reason.PASSWORD_WRONG, UNLOCK_FAULT + "unable to decrypt encrypted key ring: " + e.reason());
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static KeystoreException broken(String how) {
        return new KeystoreException(
                Reason.KEY_RING_BROKEN,
                UNLOCK_FAULT + "the key ring in carabiner.encrypted_key_rings is damaged: " + how
                        + "; restore the database from a backup");
    }

    /** The Ethereum keys. */
    public EthKeys eth() {
        return eth;
    }

    /** The key for a feeds manager. */
    public StoredKeys<CsaKey> csa() {
        return csa;
    }

    /** The keys for networks of oracles. */
    public StoredKeys<P2pKey> p2p() {
        return p2p;
    }

    /** The bundles for off-chain reporting 1. */
    public StoredKeys<OcrKey> ocr() {
        return ocr;
    }

    /** The bundles for off-chain reporting 2 on EVM chains. */
    public StoredKeys<Ocr2Key> ocr2() {
        return ocr2;
    }

    /** The keys that prove randomness. */
    public VrfKeys vrf() {
        return vrf;
    }

    KeystoreState state() {
        return state;
    }

    ScryptCost cost() {
        return cost;
    }

    /** The wall clock in the precision of the database, so that what is shown now is what is read later. */
    Instant now() {
        return time.now().truncatedTo(ChronoUnit.MICROS);
    }

    /** A step from one state to the next, decided while no other change runs. */
    interface Change<R> {

        /** What shall be, and what of it has to be stored; may throw to leave everything as it is. */
        Decision<R> decide(KeystoreState current);
    }

    /**
     * What a change wants.
     *
     * @param ring the new ring, or null if it stays
     * @param next the new state, still with the old ring
     * @param rows stores everything but the ring
     * @param result for the caller
     */
    record Decision<R>(@Nullable KeyRing ring, KeystoreState next, Consumer<WriteTransaction> rows, R result) {}

    <R> R change(Change<R> change) {
        changes.lock();
        try {
            KeystoreState current = state;
            Decision<R> decision = change.decide(current);
            state = decision.ring() == null ? storeRows(decision) : storeWithRing(current, decision.ring(), decision);
            return decision.result();
        } finally {
            changes.unlock();
        }
    }

    private KeystoreState storeRows(Decision<?> decision) {
        database.execute(decision.rows());
        return decision.next();
    }

    private KeystoreState storeWithRing(KeystoreState current, KeyRing ring, Decision<?> decision) {
        ObjectNode encrypted = encrypt(ring);
        String mac = macOf(encrypted);
        try {
            database.execute(transaction -> {
                if (!KeystoreTables.replaceRing(transaction, current.mac(), encrypted.toString(), now())) {
                    throw new KeystoreException(
                            Reason.KEY_RING_CHANGED,
                            "the stored key ring was changed by something else while this node held it;"
                                    + " nothing was stored: restart the node to read it anew");
                }
                decision.rows().accept(transaction);
            });
        } catch (DatabaseException e) {
            requireStored(mac, e);
        }
        return new KeystoreState(ring, Optional.of(mac), decision.next().states());
    }

    /** After a failure of unknown outcome: goes on if the ring stands in the database after all. */
    private void requireStored(String mac, DatabaseException fault) {
        try {
            if (database.read(KeystoreTables::ring)
                    .filter(ring -> macOf(parse(ring)).equals(mac))
                    .isPresent()) {
                return;
            }
        } catch (DatabaseException e) {
            fault.addSuppressed(e);
        }
        throw fault;
    }

    /** A ring by itself, encrypted as the stored one is. */
    String seal(KeyRing ring) {
        return encrypt(ring).toString();
    }

    /**
     * What was sealed.
     *
     * @throws KeystoreException {@code PASSWORD_WRONG} or {@code KEY_RING_BROKEN}
     */
    KeyRing unseal(String sealed) {
        return unlock(sealed, password).ring();
    }

    Database database() {
        return database;
    }

    private ObjectNode encrypt(KeyRing ring) {
        return encrypted(ring, password, cost);
    }

    /** The ring in a stored text. */
    static KeyRing ring(String stored, Password password) {
        return unlock(stored, password).ring();
    }

    /** A ring as it is stored. */
    static ObjectNode encrypted(KeyRing ring, Password password, ScryptCost cost) {
        byte[] plaintext = ring.toJson();
        byte[] secret = password.withPrefix(RING_PREFIX);
        try {
            return EncryptedJson.encrypt(plaintext, secret, cost);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static String macOf(JsonNode encrypted) {
        return encrypted.path("mac").asString("");
    }

    /** Says how many keys there are, and nothing else. */
    @Override
    public String toString() {
        return "Keystore[" + state.ring() + "]";
    }
}
