package io.carabiner.devnet;

import java.net.URI;

/** How the development network starts its node; given by whoever can compose one. */
@FunctionalInterface
public interface NodeLauncher {

    /**
     * Starts a node in this JVM. Returns when its HTTP API answers.
     *
     * <p>The node must not stop by itself on a signal to the JVM: the development network does that, node first,
     * servers after it. It writes nothing to the console.
     *
     * @throws RuntimeException where the node does not start; the message is shown to the user
     */
    RunningNode launch(NodeFiles files);

    /** A node that runs. */
    interface RunningNode extends AutoCloseable {

        /** Its HTTP API and pages, for instance {@code http://127.0.0.1:6688}. */
        URI url();

        /** Stops it in good order: runs that can end soon do, the database is left consistent. */
        @Override
        void close();
    }
}
