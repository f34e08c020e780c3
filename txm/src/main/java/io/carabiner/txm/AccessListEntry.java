package io.carabiner.txm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import java.util.List;

/**
 * What a transaction says beforehand that it will touch, which makes that cheaper (EIP-2930).
 *
 * @param address a contract
 * @param storageKeys places of its storage
 */
public record AccessListEntry(Address address, List<Hash32> storageKeys) {

    /** Copies the list. */
    public AccessListEntry {
        storageKeys = List.copyOf(storageKeys);
    }
}
