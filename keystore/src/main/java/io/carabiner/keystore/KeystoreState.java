package io.carabiner.keystore;

import io.carabiner.primitives.Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the keystore knows at one moment. Immutable: readers take it as a whole, changes replace it.
 *
 * @param ring the secrets
 * @param mac that of the stored ring they came from or went to; nothing before the first key
 * @param states the keys of the ring on their chains, the oldest first
 */
record KeystoreState(KeyRing ring, Optional<String> mac, List<EthKey> states) {

    static final Comparator<EthKey> OLDEST_FIRST = Comparator.comparing(EthKey::createdAt)
            .thenComparing(EthKey::address)
            .thenComparing(EthKey::chainId);

    /** Leaves out states without a key, and sorts. */
    KeystoreState {
        KeyRing keys = ring;
        states = states.stream()
                .filter(state -> keys.eth().containsKey(state.address()))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    /** With a key on a chain, in place of the same key on the same chain if it is there. */
    KeystoreState withState(EthKey key) {
        List<EthKey> more = new ArrayList<>(states);
        more.removeIf(state ->
                state.address().equals(key.address()) && state.chainId().equals(key.chainId()));
        more.add(key);
        return new KeystoreState(ring, mac, more);
    }

    KeystoreState withRing(KeyRing other, String otherMac) {
        return new KeystoreState(other, Optional.of(otherMac), states);
    }

    List<EthKey> statesOf(Address address) {
        return states.stream().filter(state -> state.address().equals(address)).toList();
    }
}
