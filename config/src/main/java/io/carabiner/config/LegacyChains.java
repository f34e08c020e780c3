package io.carabiner.config;

import io.carabiner.config.ConfigFault.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The chains and endpoints that the environment names: either one chain by {@code ETH_CHAIN_ID} and {@code ETH_URL}, or
 * any number by {@code EVM_NODES} (Go node 1.13, core/chains/evm/config.go).
 */
final class LegacyChains {

    private final Map<String, String> env;
    private final Section config;
    private final List<ConfigFault> faults;

    LegacyChains(Map<String, String> env, Section config, List<ConfigFault> faults) {
        this.env = env;
        this.config = config;
        this.faults = faults;
    }

    /** Adds them to the configuration. */
    void add() {
        if (set("ETH_URL") && set("EVM_NODES")) {
            refuse("ETH_URL", "must not be set together with EVM_NODES: name every endpoint in EVM_NODES");
        } else if (set("EVM_NODES")) {
            listed();
        } else if (set("ETH_CHAIN_ID")) {
            single(env.getOrDefault("ETH_CHAIN_ID", "").strip());
        } else if (set("ETH_URL")) {
            refuse("ETH_URL", "needs ETH_CHAIN_ID: set it to the number of the chain");
        }
    }

    private void single(String chain) {
        List<Section> nodes = new ArrayList<>();
        if (set("ETH_URL")) {
            node(nodes, "ETH_URL", "primary-0-" + chain, text("ETH_URL"), text("ETH_HTTP_URL"), false);
        }
        List<String> others = Arrays.stream(
                        text("ETH_SECONDARY_URLS", text("ETH_SECONDARY_URL")).split("\\s*[;,]\\s*"))
                .filter(url -> !url.isBlank() && !url.equals(text("ETH_HTTP_URL")))
                .toList();
        for (int i = 0; i < others.size(); i++) {
            node(nodes, "ETH_SECONDARY_URLS", "sendonly-" + i + "-" + chain, "", others.get(i), true);
        }
        chain("ETH_CHAIN_ID", chain).ifPresent(section -> nodes.forEach(node -> section.add("Nodes", node)));
    }

    private void listed() {
        JsonNode nodes;
        try {
            nodes = JsonMapper.shared().readTree(text("EVM_NODES"));
        } catch (JacksonException e) {
            refuse("EVM_NODES", "is not JSON: " + e.getOriginalMessage());
            return;
        }
        if (!nodes.isArray()) {
            refuse("EVM_NODES", "must be a JSON array of {name, evmChainId, wsUrl, httpUrl, sendOnly}");
            return;
        }
        nodes.forEach(this::listed);
    }

    private void listed(JsonNode entry) {
        List<Section> nodes = new ArrayList<>();
        boolean sendOnly = entry.path("sendOnly").asBoolean(false);
        String wsUrl = entry.path("wsUrl").asString("");
        if (sendOnly && !wsUrl.isEmpty()) {
            refuse(
                    "EVM_NODES",
                    "a send-only node has no wsUrl: " + entry.path("name").asString(""));
            return;
        }
        String name = entry.path("name").asString("");
        node(nodes, "EVM_NODES", name, wsUrl, entry.path("httpUrl").asString(""), sendOnly);
        chain("EVM_NODES", entry.path("evmChainId").asString(""))
                .ifPresent(section -> nodes.forEach(node -> section.add("Nodes", node)));
    }

    /** The chain with this number, made if it is not there yet. */
    private Optional<Section> chain(String variable, String id) {
        Section fresh = new Section(schema(Schema.CONFIG.root(), "EVM"), position(variable));
        if (!put(fresh, variable, "ChainID", id)) {
            return Optional.empty();
        }
        Optional<Section> known = config.list("EVM").stream()
                .filter(chain -> chain.value("ChainID", Object.class).equals(fresh.value("ChainID", Object.class)))
                .findFirst();
        if (known.isEmpty()) {
            config.add("EVM", fresh);
        }
        return Optional.of(known.orElse(fresh));
    }

    private void node(
            List<Section> nodes, String variable, String name, String wsUrl, String httpUrl, boolean sendOnly) {
        Section node = new Section(schema(schema(Schema.CONFIG.root(), "EVM"), "Nodes"), position(variable));
        boolean good = put(node, variable, "Name", name);
        good &= wsUrl.isEmpty() || put(node, variable, "WSURL", wsUrl);
        good &= httpUrl.isEmpty() || put(node, variable, "HTTPURL", httpUrl);
        good &= !sendOnly || put(node, variable, "SendOnly", "true");
        if (good) {
            nodes.add(node);
        }
    }

    private boolean put(Section section, String variable, String key, String text) {
        @Nullable ConfigFault fault = LegacyEnvironment.put(section, key, variable, text);
        if (fault != null) {
            faults.add(fault);
        }
        return fault == null;
    }

    static Schema.Table schema(Schema.Table parent, String list) {
        if (parent.find(list).orElseThrow()
                instanceof Schema.ListItem(String _, Schema.Table table, Optional<String> _)) {
            return table;
        }
        throw new IllegalStateException(list + " is no list");
    }

    static Optional<Position> position(String variable) {
        return Optional.of(new Position(variable, 1, 1));
    }

    private void refuse(String variable, String reason) {
        faults.add(new ConfigFault("EVM", variable + " " + reason, position(variable)));
    }

    private boolean set(String name) {
        return !text(name).isEmpty();
    }

    private String text(String name) {
        return text(name, "");
    }

    private String text(String name, String otherwise) {
        String text = env.getOrDefault(name, "").strip();
        return text.isEmpty() ? otherwise : text;
    }
}
