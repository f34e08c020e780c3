package io.carabiner.config;

import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Wei;
import java.util.List;
import java.util.Optional;

/**
 * Section {@code Carabiner}: the settings that only this node has. Without the section it behaves as the defaults say.
 *
 * @param keys how keys sign
 * @param rpc how many calls endpoints get
 * @param evm what concerns one chain each; {@link #chain} finds it
 */
public record CarabinerConfig(Keys keys, Rpc rpc, List<Chain> evm) {

    /**
     * Section {@code Carabiner.Keys}.
     *
     * @param nativeSigning whether the machine's libsecp256k1 may sign
     */
    public record Keys(boolean nativeSigning) {}

    /**
     * Section {@code Carabiner.RPC}.
     *
     * @param dailyCallsMax the calls of a chain in a UTC day after which what can wait is put off; 0 for no limit
     */
    public record Rpc(long dailyCallsMax) {}

    /**
     * An entry of {@code Carabiner.EVM}.
     *
     * @param chainId the chain; one of those in {@code EVM}
     * @param lowBalance below it a key's balance is warned of
     */
    public record Chain(ChainId chainId, Optional<Wei> lowBalance) {}

    /** What is set for a chain here; empty if nothing is. */
    public Optional<Chain> chain(ChainId id) {
        return evm.stream().filter(entry -> entry.chainId().equals(id)).findFirst();
    }
}
