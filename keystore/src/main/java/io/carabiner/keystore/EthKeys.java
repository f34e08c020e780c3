package io.carabiner.keystore;

import io.carabiner.crypto.EthereumAddress;
import io.carabiner.crypto.PrivateKey;
import io.carabiner.crypto.Secp256k1;
import io.carabiner.crypto.Signature;
import io.carabiner.database.WriteTransaction;
import io.carabiner.keystore.Keystore.Decision;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The Ethereum keys: those of the ring, each of which signs for one account and works on one or more chains, and the
 * accounts that a remote signer signs for, of which only the address is known here.
 *
 * <p>Safe for use by many threads at once. {@link #list}, {@link #enabled} and {@link #sign} answer from memory; the
 * others store their change before they return.
 *
 * <p>Counterpart in the Go node: core/services/keystore/eth.go.
 */
public final class EthKeys {

    private final Keystore keystore;
    private final SecureRandom random = new SecureRandom();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final RemoteKeys remote;

    EthKeys(Keystore keystore) {
        this.keystore = keystore;
        this.remote = new RemoteKeys(keystore);
    }

    /**
     * Every key on every chain, the oldest first; a key on two chains stands there twice. Where a remote signer signs
     * for an account, the ring's own key of that account is not used.
     */
    public List<EthKey> list() {
        List<EthKey> own = keystore.state().states();
        List<EthKey> far = remote.states();
        if (far.isEmpty()) {
            return own;
        }
        return Stream.concat(own.stream().filter(key -> !remote.holds(key.address(), key.chainId())), far.stream())
                .sorted(KeystoreState.OLDEST_FIRST)
                .toList();
    }

    /**
     * Makes known which accounts a remote signer signs for on a chain. One that is new comes enabled; one that was here
     * before is as it was left.
     */
    public void useRemote(ChainId chainId, Collection<Address> addresses) {
        remote.use(chainId, addresses);
        tellListeners();
    }

    /** The keys that may send on a chain, the oldest first. */
    public List<EthKey> enabled(ChainId chainId) {
        return list().stream()
                .filter(key -> key.enabled() && key.chainId().equals(chainId))
                .toList();
    }

    /** A key on a chain, or nothing. */
    public Optional<EthKey> find(Address address, ChainId chainId) {
        return remote.find(address, chainId).or(() -> find(keystore.state(), address, chainId));
    }

    private static Optional<EthKey> find(KeystoreState state, Address address, ChainId chainId) {
        return state.statesOf(address).stream()
                .filter(key -> key.chainId().equals(chainId))
                .findFirst();
    }

    /**
     * Signs a digest. Never blocks; a disabled key signs too, for it may still have to finish what it began.
     *
     * @throws KeystoreException {@code KEY_NOT_FOUND}, or {@code KEY_IS_REMOTE} if only a remote signer has it
     */
    public Signature sign(Address address, Hash32 digest) {
        return Secp256k1.sign(require(keystore.state(), address), digest);
    }

    private PrivateKey require(KeystoreState state, Address address) {
        PrivateKey key = state.ring().eth().get(address);
        if (key == null) {
            throw remote.knows(address) ? KeystoreException.keyIsRemote() : KeystoreException.keyNotFound();
        }
        return key;
    }

    /** Makes a key for a chain. */
    public EthKey create(ChainId chainId) {
        return add(List.of(chainId)).getFirst();
    }

    /**
     * Makes a key for each chain that has none, enabled or not.
     *
     * @return the new keys; empty if every chain had one
     */
    public List<EthKey> ensure(Collection<ChainId> chains) {
        List<ChainId> missing = chains.stream()
                .filter(chain -> list().stream().noneMatch(key -> key.chainId().equals(chain)))
                .distinct()
                .toList();
        return missing.isEmpty() ? List.of() : add(missing);
    }

    private List<EthKey> add(List<ChainId> chains) {
        List<EthKey> made = keystore.change(current -> {
            Instant now = keystore.now();
            KeyRing ring = current.ring();
            List<EthKey> keys = new ArrayList<>();
            for (ChainId chain : chains) {
                PrivateKey secret = PrivateKey.generate(random);
                Address address = EthereumAddress.of(secret);
                ring = ring.with(address, secret);
                keys.add(new EthKey(address, chain, true, now, now));
            }
            return store(current, ring, keys, List.copyOf(keys));
        });
        tellListeners();
        return made;
    }

    /**
     * Takes a key out of a web3 keystore file (version 3) and puts it on a chain.
     *
     * @param json the file's content
     * @param password of the file, not of the keystore
     * @throws KeystoreException {@code KEY_FILE_REFUSED} or {@code KEY_EXISTS}
     */
    public EthKey importV3(String json, Password password, ChainId chainId) {
        PrivateKey secret = Web3KeyFile.read(json, password);
        Address address = EthereumAddress.of(secret);
        EthKey imported = keystore.change(current -> {
            if (current.ring().eth().containsKey(address)) {
                throw KeystoreException.keyExists();
            }
            Instant now = keystore.now();
            EthKey key = new EthKey(address, chainId, true, now, now);
            return store(current, current.ring().with(address, secret), List.of(key), key);
        });
        tellListeners();
        return imported;
    }

    /**
     * Writes a key as a web3 keystore file (version 3).
     *
     * @param password for the file; the Go node accepts any, also an empty one
     * @return the file's content, one line of JSON
     * @throws KeystoreException {@code KEY_NOT_FOUND}
     */
    public String exportV3(Address address, Password password) {
        PrivateKey key = require(keystore.state(), address);
        return Web3KeyFile.write(address, key, password, keystore.cost());
    }

    /**
     * Removes a key from the ring and from all its chains. It is kept, encrypted, in an archive, in the same write
     * transaction, until {@link #restore} or {@link #deleteForever}.
     *
     * @return what it was, one entry a chain
     * @throws KeystoreException {@code KEY_NOT_FOUND}
     */
    public List<EthKey> delete(Address address) {
        List<EthKey> deleted = keystore.change(current -> {
            KeyRing alone = KeyRing.EMPTY.with(address, require(current, address));
            List<EthKey> states = current.statesOf(address);
            KeyArchive.Entry entry = KeyArchive.Entry.of(address, keystore.seal(alone), states);
            return removal(current, address, transaction -> KeyArchive.put(transaction, entry, keystore.now()));
        });
        tellListeners();
        return deleted;
    }

    /**
     * Removes a key from the ring, from all its chains and from the archive: it cannot be had back.
     *
     * @return what it was, one entry a chain; empty if it was in the archive only
     * @throws KeystoreException {@code KEY_NOT_FOUND} if it is in neither
     */
    public List<EthKey> deleteForever(Address address) {
        List<EthKey> deleted = keystore.change(current -> {
            if (current.ring().eth().containsKey(address)) {
                return removal(current, address, transaction -> KeyArchive.remove(transaction, address));
            }
            if (remote.knows(address)) {
                throw KeystoreException.keyIsRemote();
            }
            return new Decision<>(null, current, transaction -> removeArchived(transaction, address), List.of());
        });
        tellListeners();
        return deleted;
    }

    private static void removeArchived(WriteTransaction transaction, Address address) {
        if (!KeyArchive.remove(transaction, address)) {
            throw KeystoreException.keyNotFound();
        }
    }

    private static Decision<List<EthKey>> removal(
            KeystoreState current, Address address, Consumer<WriteTransaction> archive) {
        KeyRing ring = current.ring().without(address);
        return new Decision<>(
                ring,
                new KeystoreState(ring, current.mac(), current.states()),
                transaction -> {
                    archive.accept(transaction);
                    KeystoreTables.deleteStates(transaction, address);
                },
                current.statesOf(address));
    }

    /**
     * Takes a deleted key back out of the archive, to the chains it was on.
     *
     * @return what it is now, one entry a chain
     * @throws KeystoreException {@code KEY_NOT_FOUND} if it is not in the archive, or {@code KEY_EXISTS}
     */
    public List<EthKey> restore(Address address) {
        List<EthKey> restored = keystore.change(current -> {
            if (current.ring().eth().containsKey(address)) {
                throw KeystoreException.keyExists();
            }
            KeyArchive.Entry entry = keystore.database()
                    .read(sql -> KeyArchive.find(sql, address))
                    .orElseThrow(KeystoreException::keyNotFound);
            KeyRing ring = current.ring().with(address, archived(entry));
            Decision<List<EthKey>> addition = store(current, ring, states(entry), states(entry));
            return new Decision<>(
                    ring,
                    addition.next(),
                    transaction -> {
                        removeArchived(transaction, address);
                        addition.rows().accept(transaction);
                    },
                    addition.result());
        });
        tellListeners();
        return restored;
    }

    private PrivateKey archived(KeyArchive.Entry entry) {
        return Objects.requireNonNull(
                keystore.unseal(entry.sealed()).eth().get(entry.address()), "the archive holds another key");
    }

    private List<EthKey> states(KeyArchive.Entry entry) {
        Instant now = keystore.now();
        return Stream.concat(
                        entry.enabledOn().stream().map(chain -> new EthKey(entry.address(), chain, true, now, now)),
                        entry.disabledOn().stream().map(chain -> new EthKey(entry.address(), chain, false, now, now)))
                .toList();
    }

    /**
     * Lets a key send on a chain; a key that was not on this chain comes to it.
     *
     * @throws KeystoreException {@code KEY_NOT_FOUND}
     */
    public EthKey enable(Address address, ChainId chainId) {
        return setEnabled(address, chainId, true);
    }

    /**
     * Keeps a key from sending on a chain.
     *
     * @throws KeystoreException {@code KEY_NOT_FOUND}
     */
    public EthKey disable(Address address, ChainId chainId) {
        return setEnabled(address, chainId, false);
    }

    private EthKey setEnabled(Address address, ChainId chainId, boolean enabled) {
        EthKey changed =
                remote.setEnabled(address, chainId, enabled).orElseGet(() -> setOwnEnabled(address, chainId, enabled));
        tellListeners();
        return changed;
    }

    private EthKey setOwnEnabled(Address address, ChainId chainId, boolean enabled) {
        return keystore.change(current -> {
            require(current, address);
            Instant now = keystore.now();
            EthKey key = find(current, address, chainId)
                    .map(known -> known.withEnabled(enabled, now))
                    .orElseGet(() -> new EthKey(address, chainId, enabled, now, now));
            return new Decision<>(
                    null, current.withState(key), transaction -> KeystoreTables.putState(transaction, key), key);
        });
    }

    /**
     * Told after every change that was stored, on the thread that made it; it must be quick. What changed is seen with
     * {@link #list}.
     */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void tellListeners() {
        listeners.forEach(Runnable::run);
    }

    private static <R> Decision<R> store(KeystoreState current, KeyRing ring, List<EthKey> keys, R result) {
        List<EthKey> states = new ArrayList<>(current.states());
        states.addAll(keys);
        return new Decision<>(
                ring,
                new KeystoreState(ring, current.mac(), states),
                transaction -> keys.forEach(key -> KeystoreTables.putState(transaction, key)),
                result);
    }

    /** The addresses, and nothing else. */
    @Override
    public String toString() {
        return "EthKeys" + list().stream().map(EthKey::address).distinct().toList();
    }
}
