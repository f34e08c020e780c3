package io.carabiner.localservers;

import io.carabiner.primitives.ChainId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a local anvil is to be run.
 *
 * @param folder holds the log and the chain; made where missing, deleted at the stop unless {@code keepState}
 * @param preferredPort taken where free, else another free one; 0 for any free one
 * @param chainId what {@code eth_chainId} answers
 * @param blockTime a block this often, whole seconds; absent: a block for each transaction, at once
 * @param keepState the chain is loaded at start and stored at every stop, also when this JVM is killed
 */
public record AnvilOptions(
        Path folder, int preferredPort, ChainId chainId, Optional<Duration> blockTime, boolean keepState) {

    /** Checks the port and the block time. */
    public AnvilOptions {
        folder = folder.toAbsolutePath().normalize();
        if (preferredPort < 0 || preferredPort > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + preferredPort);
        }
        if (blockTime.isPresent() && blockTime.get().toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "anvil's block time is whole seconds, 1 or more, not " + blockTime.get());
        }
    }

    /** A chain for one test: id 1337, a block for each transaction, on any free port. */
    public static AnvilOptions throwaway(Path folder) {
        return new AnvilOptions(folder, 0, ChainId.of(1337), Optional.empty(), false);
    }

    /** The same with a block at a steady rate. */
    public AnvilOptions withBlockTime(Duration time) {
        return new AnvilOptions(folder, preferredPort, chainId, Optional.of(time), keepState);
    }
}
