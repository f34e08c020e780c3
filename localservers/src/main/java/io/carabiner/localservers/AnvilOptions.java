package io.carabiner.localservers;

import io.carabiner.primitives.ChainId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a local anvil is to be run.
 *
 * @param folder holds the log and the chain; made where missing, deleted at the stop unless {@code keepState}
 * @param preferredPort taken where free, else another free one; 0 for any free one
 * @param chainId what {@code eth_chainId} answers
 * @param mining when blocks are made
 * @param keepState the chain is loaded at start and stored at every stop, also when this JVM is killed
 */
public record AnvilOptions(Path folder, int preferredPort, ChainId chainId, Mining mining, boolean keepState) {

    /** Checks the port. */
    public AnvilOptions {
        folder = folder.toAbsolutePath().normalize();
        if (preferredPort < 0 || preferredPort > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + preferredPort);
        }
    }

    /** A chain for one test: id 1337, a block for each transaction, on any free port. */
    public static AnvilOptions throwaway(Path folder) {
        return new AnvilOptions(folder, 0, ChainId.of(1337), new Mining.EachTransaction(), false);
    }

    /** The same with a block at a steady rate. */
    public AnvilOptions withBlockTime(Duration time) {
        return new AnvilOptions(folder, preferredPort, chainId, new Mining.Interval(time), keepState);
    }

    /** When blocks are made. */
    public sealed interface Mining {

        /** As anvil's flags. */
        List<String> flags();

        /** A block for each transaction, at once, and no other. */
        record EachTransaction() implements Mining {
            @Override
            public List<String> flags() {
                return List.of();
            }
        }

        /**
         * A block at a steady rate, with what has come until then.
         *
         * @param every whole seconds, 1 or more
         */
        record Interval(Duration every) implements Mining {
            /** Checks the rate. */
            public Interval {
                checkSeconds(every);
            }

            @Override
            public List<String> flags() {
                return List.of("--block-time", Long.toString(every.toSeconds()));
            }
        }

        /**
         * A block for each transaction at once, and an empty one at a steady rate.
         *
         * @param every whole seconds, 1 or more
         */
        record Both(Duration every) implements Mining {
            /** Checks the rate. */
            public Both {
                checkSeconds(every);
            }

            @Override
            public List<String> flags() {
                return List.of("--mixed-mining", "--block-time", Long.toString(every.toSeconds()));
            }
        }

        private static void checkSeconds(Duration every) {
            if (every.toSeconds() < 1) {
                throw new IllegalArgumentException("anvil's block time is whole seconds, 1 or more, not " + every);
            }
        }
    }
}
