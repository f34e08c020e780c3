package io.carabiner.node;

import io.carabiner.cli.BuildInfo;
import io.carabiner.config.ConfigSources;
import io.carabiner.devnet.NodeFiles;
import io.carabiner.devnet.NodeLauncher;
import io.carabiner.telemetry.NodeMessages;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The node of a development network: inside the same process, so that one command starts and ends everything. */
record DevnetNode(RunningNode node) implements NodeLauncher.RunningNode {

    /**
     * Starts it. The environment of the shell does not reach it: what the development network writes is all that
     * counts.
     */
    static NodeLauncher.RunningNode launch(NodeFiles files, BuildInfo build) {
        StartOptions options = new StartOptions(
                new ConfigSources(
                        List.of(files.config()),
                        List.of(files.secrets()),
                        Map.of(),
                        Optional.of(files.password()),
                        Optional.empty()),
                Optional.of(files.apiCredentials()),
                Optional.of(files.log()),
                false);
        try {
            return new DevnetNode(RunningNode.start(options, build, reason -> new NodeMessages().stopping(reason)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("told to stop while the node was starting", e);
        }
    }

    @Override
    public URI url() {
        return URI.create("http://127.0.0.1:" + node.httpPort());
    }

    @Override
    public void close() {
        node.close();
    }
}
