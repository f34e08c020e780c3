package io.carabiner.bench;

import io.carabiner.testkit.RpcTap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a run adds to the configuration file that the node was given. */
final class NodeConfiguration {

    private NodeConfiguration() {}

    /** The settings follow the chain's own keys, before its nodes: TOML closes a table where the next one opens. */
    static void insertSettings(Path config, Setup setup) throws IOException {
        String text = Files.readString(config);
        int nodes = text.indexOf("[[EVM.Nodes]]");
        Files.writeString(
                config,
                text.substring(0, nodes) + setup.chainSettings() + "\n" + text.substring(nodes) + setup.nodeSettings(),
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** One endpoint more, behind the first one: in front of it, it would be the preferred one. */
    static void insertEndpoint(Path config, String name, RpcTap tap) throws IOException {
        String entry = "[[EVM.Nodes]]\nName = '%s'\nHTTPURL = '%s'\nWSURL = '%s'\nOrder = 100\n\n"
                .formatted(name, tap.httpUrl(), tap.wsUrl());
        String text = Files.readString(config);
        int first = text.indexOf("[[EVM.Nodes]]");
        int next = text.indexOf("\n[", first + 1);
        int end = next < 0 ? text.length() : next + 1;
        Files.writeString(
                config,
                text.substring(0, end) + (next < 0 ? "\n" : "") + entry + text.substring(end),
                StandardOpenOption.TRUNCATE_EXISTING);
    }
}
