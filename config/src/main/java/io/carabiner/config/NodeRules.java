package io.carabiner.config;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold for a chain's RPC endpoints. Messages are the Go node's. */
final class NodeRules {

    private final List<String> path;
    private final Section chain;
    private final Faults faults;

    NodeRules(List<String> path, Section chain, Faults faults) {
        this.path = path;
        this.chain = chain;
        this.faults = faults;
    }

    void check() {
        List<Section> nodes = chain.list("Nodes");
        if (nodes.isEmpty()) {
            faults.add(path, "Nodes", "missing: must have at least one node", chain.position());
            return;
        }
        if (nodes.stream().allMatch(NodeRules::sendOnly)) {
            faults.add(
                    path,
                    "Nodes",
                    "missing: must have at least one primary node",
                    nodes.getFirst().position());
        }
        for (int i = 0; i < nodes.size(); i++) {
            node(i, nodes.get(i));
        }
    }

    private static boolean sendOnly(Section node) {
        return node.value("SendOnly", Boolean.class).orElse(false);
    }

    private void node(int index, Section node) {
        name(index, node);
        scheme(index, node, "WSURL", "ws", "wss");
        if (url(node, "HTTPURL").isEmpty()) {
            absent(index, node, "HTTPURL", "required for all nodes");
        }
        scheme(index, node, "HTTPURL", "http", "https");
        scheme(index, node, "HTTPURLExtraWrite", "http", "https");
        long order = node.value("Order", Long.class).orElse(1L);
        if (!EvmRules.validOrder(order)) {
            report(index, node, "Order", "invalid value (" + order + "): must be between 1 and 100");
        }
    }

    private void name(int index, Section node) {
        if (node.value("Name", String.class).orElse("").isEmpty()) {
            absent(index, node, "Name", "required for all nodes");
        }
    }

    /** The Go node reports these at the chain, not at the node. */
    void webSockets() {
        Duration polling =
                chain.value("NodePool.NewHeadsPollInterval", Duration.class).orElse(Duration.ZERO);
        boolean broadcaster =
                chain.value("LogBroadcasterEnabled", Boolean.class).orElse(false);
        if (!broadcaster && !polling.isZero()) {
            return;
        }
        String when = broadcaster ? "LogBroadcaster is enabled" : "http polling is disabled";
        List<Section> nodes = chain.list("Nodes");
        for (int i = 0; i < nodes.size(); i++) {
            Section node = nodes.get(i);
            if (!sendOnly(node) && url(node, "WSURL").isEmpty()) {
                String message = "missing: " + i + "th node (primary) must have a valid WSURL when " + when;
                faults.add(path, "Nodes", message, node.positionOf("WSURL"));
            }
        }
    }

    private void scheme(int index, Section node, String key, String plain, String secure) {
        Optional<URI> url = url(node, key);
        String scheme = url.map(URI::getScheme).orElse("");
        if (url.isPresent() && !scheme.equals(plain) && !scheme.equals(secure)) {
            report(index, node, key, "invalid value (" + scheme + "): must be " + plain + " or " + secure);
        }
    }

    private static Optional<URI> url(Section node, String key) {
        return node.value(key, URI.class).filter(url -> !url.toString().isEmpty());
    }

    private void absent(int index, Section node, String key, String message) {
        boolean set = node.value(key, Object.class).isPresent();
        report(index, node, key, (set ? "empty: " : "missing: ") + message);
    }

    private void report(int index, Section node, String key, String message) {
        var sections = new ArrayList<>(path);
        sections.add("Nodes");
        sections.add(Integer.toString(index));
        faults.add(sections, key, message, node.positionOf(key));
    }
}
