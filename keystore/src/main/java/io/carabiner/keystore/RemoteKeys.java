package io.carabiner.keystore;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The accounts that remote signers sign for: an address and a chain each, and whether it is enabled there. What is
 * stored of them is the same row that a key of the ring has. Safe for use by many threads.
 */
final class RemoteKeys {

    private final Keystore keystore;
    private final ReentrantLock changes = new ReentrantLock();
    private volatile List<EthKey> states = List.of();

    RemoteKeys(Keystore keystore) {
        this.keystore = keystore;
    }

    List<EthKey> states() {
        return states;
    }

    Optional<EthKey> find(Address address, ChainId chainId) {
        return states.stream()
                .filter(key -> key.address().equals(address) && key.chainId().equals(chainId))
                .findFirst();
    }

    boolean holds(Address address, ChainId chainId) {
        return find(address, chainId).isPresent();
    }

    boolean knows(Address address) {
        return states.stream().anyMatch(key -> key.address().equals(address));
    }

    void use(ChainId chainId, Collection<Address> addresses) {
        changes.lock();
        try {
            List<EthKey> stored = keystore.database().read(KeystoreTables::states);
            Instant now = keystore.now();
            List<EthKey> all = new ArrayList<>(states);
            List<EthKey> fresh = new ArrayList<>();
            for (Address address : addresses) {
                Optional<EthKey> known = stored.stream()
                        .filter(key ->
                                key.address().equals(address) && key.chainId().equals(chainId))
                        .findFirst();
                EthKey key = known.orElseGet(() -> new EthKey(address, chainId, true, now, now));
                if (known.isEmpty()) {
                    fresh.add(key);
                }
                all.removeIf(other ->
                        other.address().equals(address) && other.chainId().equals(chainId));
                all.add(key);
            }
            if (!fresh.isEmpty()) {
                keystore.database().execute(tx -> fresh.forEach(key -> KeystoreTables.putState(tx, key)));
            }
            states = List.copyOf(all);
        } finally {
            changes.unlock();
        }
    }

    /** Empty if no remote signer signs for it. */
    Optional<EthKey> setEnabled(Address address, ChainId chainId, boolean enabled) {
        changes.lock();
        try {
            Optional<EthKey> known = find(address, chainId);
            if (known.isEmpty()) {
                return Optional.empty();
            }
            EthKey changed = known.get().withEnabled(enabled, keystore.now());
            keystore.database().execute(tx -> KeystoreTables.putState(tx, changed));
            states = states.stream()
                    .map(key -> key.equals(known.get()) ? changed : key)
                    .toList();
            return Optional.of(changed);
        } finally {
            changes.unlock();
        }
    }
}
