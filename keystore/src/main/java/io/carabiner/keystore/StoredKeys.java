package io.carabiner.keystore;

import io.carabiner.database.WriteTransaction;
import io.carabiner.keystore.EncryptedJson.Refused;
import io.carabiner.keystore.Keystore.Decision;
import io.carabiner.keystore.KeystoreException.Reason;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The keys of one kind in the ring, other than Ethereum's.
 *
 * <p>Safe for use by many threads at once. {@link #list} and {@link #find} answer from memory; the others store their
 * change before they return. Only what may be shown leaves this class, or a file encrypted with a password.
 *
 * @param <K> what may be shown of a key
 */
public final class StoredKeys<K> {

    private final Keystore keystore;
    private final KeyKind<K> kind;
    private final SecureRandom random = new SecureRandom();
    private volatile Seen<K> seen = new Seen<>(KeyRing.EMPTY, List.of());

    /** A raw key with what may be shown of it; the array is the ring's own. */
    static final class Held<K> {

        private final K key;
        private final byte[] raw;

        Held(K key, byte[] raw) {
            this.key = key;
            this.raw = raw;
        }

        K key() {
            return key;
        }

        byte[] raw() {
            return raw;
        }

        /** The public part, and nothing else. */
        @Override
        public String toString() {
            return key.toString();
        }
    }

    /** The keys of a ring, so that their public parts are computed once. */
    private record Seen<K>(KeyRing ring, List<Held<K>> held) {}

    StoredKeys(Keystore keystore, KeyKind<K> kind) {
        this.keystore = keystore;
        this.kind = kind;
    }

    /** Every key, the oldest first. */
    public List<K> list() {
        return held().stream().map(Held::key).toList();
    }

    /** The key with an id, or nothing. */
    public Optional<K> find(String id) {
        return held(id).map(Held::key);
    }

    Optional<Held<K>> held(String id) {
        return held().stream().filter(key -> kind.id(key.key()).equals(id)).findFirst();
    }

    private List<Held<K>> held() {
        KeyRing ring = keystore.state().ring();
        Seen<K> known = seen;
        if (known.ring() != ring) {
            known = new Seen<>(ring, read(ring));
            seen = known;
        }
        return known.held();
    }

    private List<Held<K>> read(KeyRing ring) {
        List<Held<K>> result = new ArrayList<>();
        for (byte[] raw : ring.raw(kind.member())) {
            if (kind.understands(raw)) {
                result.add(new Held<>(described(raw), raw));
            }
        }
        return List.copyOf(result);
    }

    private K described(byte[] raw) {
        try {
            return kind.describe(raw);
        } catch (IllegalArgumentException e) {
            throw new KeystoreException(
                    Reason.KEY_RING_BROKEN,
                    "the key ring holds a " + kind.member() + " key that cannot be read: " + e.getMessage()
                            + "; restore the database from a backup, or export the other keys and make this one anew");
        }
    }

    /**
     * Makes a key.
     *
     * @throws KeystoreException {@code KEY_LIMIT} if there may be no more of them
     */
    public K create() {
        return keystore.change(current -> {
            if (current.ring().count(kind.member()) >= kind.createdMax()) {
                throw new KeystoreException(
                        Reason.KEY_LIMIT, "can only have " + kind.createdMax() + " " + kind.member() + " key");
            }
            byte[] raw = kind.generate(random);
            return with(current, raw, kind.describe(raw), rows -> {});
        });
    }

    private Decision<K> with(KeystoreState current, byte[] raw, K key, Consumer<WriteTransaction> rows) {
        List<byte[]> keys = new ArrayList<>(current.ring().raw(kind.member()));
        keys.add(raw);
        return decision(current, keys, rows, key);
    }

    private Decision<K> decision(KeystoreState current, List<byte[]> keys, Consumer<WriteTransaction> rows, K result) {
        KeyRing ring = current.ring().withRaw(kind.member(), keys);
        return new Decision<>(ring, new KeystoreState(ring, current.mac(), current.states()), rows, result);
    }

    /**
     * Takes a key out of a file as this node and the Go node export them.
     *
     * @param json the file's content
     * @param password of the file, not of the keystore
     * @throws KeystoreException {@code KEY_FILE_REFUSED} or {@code KEY_EXISTS}
     */
    public K importFile(String json, Password password) {
        byte[] raw = decrypt(KeyFileJson.parse(json, this::refused), password);
        K key = imported(raw);
        return keystore.change(current -> {
            Optional<Held<K>> known = held(kind.id(key));
            if (known.isPresent() && kind.importedAgain()) {
                return new Decision<>(null, current, rows -> {}, known.get().key());
            }
            requireNew(key);
            return with(current, raw, key, rows -> {});
        });
    }

    private void requireNew(K key) {
        if (held(kind.id(key)).isPresent()) {
            throw new KeystoreException(Reason.KEY_EXISTS, "key with ID " + kind.id(key) + " already exists");
        }
    }

    private byte[] decrypt(JsonNode file, Password password) {
        String front = kind.decryptFault(file);
        kind.objection(file).ifPresent(reason -> {
            throw refused(front + reason);
        });
        byte[] secret = password.withPrefix(kind.passwordPrefix());
        try {
            return EncryptedJson.decrypt(kind.crypto(file), secret);
        } catch (Refused e) {
            throw refused(front + e.reason());
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private K imported(byte[] raw) {
        try {
            return kind.describe(raw);
        } catch (IllegalArgumentException e) {
            Arrays.fill(raw, (byte) 0);
            throw refused("the file holds no " + kind.member() + " key that this node can use: " + e.getMessage());
        }
    }

    private KeystoreException refused(String reason) {
        return new KeystoreException(
                Reason.KEY_FILE_REFUSED, kind.errorWord() + "KeyStore#ImportKey failed to decrypt key: " + reason);
    }

    /**
     * Writes a key as a file that this node and the Go node import.
     *
     * @param password for the file; the Go node accepts any, also an empty one
     * @return the file's content, one line of JSON
     * @throws KeystoreException {@code KEY_NOT_FOUND}
     */
    public String export(String id, Password password) {
        Held<K> held = held(id).orElseThrow(() -> notFound(id));
        byte[] secret = password.withPrefix(kind.passwordPrefix());
        try {
            return kind.file(held.key(), EncryptedJson.encrypt(held.raw(), secret, keystore.cost()))
                    .toString();
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * Removes a key from the ring. It is kept, encrypted, in an archive, in the same write transaction, until
     * {@link #restore} or {@link #deleteForever}.
     *
     * @throws KeystoreException {@code KEY_NOT_FOUND}
     */
    public K delete(String id) {
        return keystore.change(current -> {
            Held<K> held = held(id).orElseThrow(() -> notFound(id));
            String sealed = keystore.seal(KeyRing.EMPTY.withRaw(kind.member(), List.of(held.raw())));
            return without(
                    current,
                    held,
                    transaction -> StoredKeyArchive.put(transaction, kind.member(), id, sealed, keystore.now()));
        });
    }

    /**
     * Removes a key from the ring and from the archive: it cannot be had back.
     *
     * @return what it was; nothing if it was in the archive only
     * @throws KeystoreException {@code KEY_NOT_FOUND} if it is in neither
     */
    public Optional<K> deleteForever(String id) {
        return keystore.change(current -> {
            Optional<Held<K>> held = held(id);
            if (held.isEmpty()) {
                return new Decision<>(null, current, transaction -> removeArchived(transaction, id), Optional.empty());
            }
            Decision<K> removal = without(
                    current, held.get(), transaction -> StoredKeyArchive.remove(transaction, kind.member(), id));
            return new Decision<>(removal.ring(), removal.next(), removal.rows(), Optional.of(removal.result()));
        });
    }

    private Decision<K> without(KeystoreState current, Held<K> held, Consumer<WriteTransaction> rows) {
        Predicate<byte[]> others = raw -> raw != held.raw();
        List<byte[]> keys =
                current.ring().raw(kind.member()).stream().filter(others).toList();
        return decision(current, keys, rows, held.key());
    }

    private void removeArchived(WriteTransaction transaction, String id) {
        if (!StoredKeyArchive.remove(transaction, kind.member(), id)) {
            throw notFound(id);
        }
    }

    /**
     * Takes a deleted key back out of the archive.
     *
     * @throws KeystoreException {@code KEY_NOT_FOUND} if it is not in the archive, or {@code KEY_EXISTS}
     */
    public K restore(String id) {
        return keystore.change(current -> {
            String sealed = keystore.database()
                    .read(sql -> StoredKeyArchive.find(sql, kind.member(), id))
                    .orElseThrow(() -> notFound(id));
            byte[] raw = keystore.unseal(sealed).raw(kind.member()).getFirst();
            K key = described(raw);
            requireNew(key);
            return with(current, raw, key, transaction -> removeArchived(transaction, id));
        });
    }

    private KeystoreException notFound(String id) {
        return new KeystoreException(
                Reason.KEY_NOT_FOUND, "unable to find " + kind.errorWord() + " key with id " + kind.shownId(id));
    }

    /** The public parts, and nothing else. */
    @Override
    public String toString() {
        return kind.member() + list();
    }
}
