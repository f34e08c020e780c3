package io.carabiner.keystore;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.time.Instant;

/**
 * An Ethereum key of the ring on one chain: what may be shown of it.
 *
 * @param address of its account
 * @param chainId the chain it works on; a key may work on several, and has one of these for each
 * @param enabled whether new transactions on this chain may use it
 * @param createdAt when it came to this chain
 * @param updatedAt when it was last enabled or disabled there
 */
public record EthKey(Address address, ChainId chainId, boolean enabled, Instant createdAt, Instant updatedAt) {

    EthKey withEnabled(boolean value, Instant now) {
        return new EthKey(address, chainId, value, createdAt, now);
    }
}
