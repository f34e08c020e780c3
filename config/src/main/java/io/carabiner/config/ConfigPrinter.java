package io.carabiner.config;

import io.carabiner.primitives.ChainId;
import java.util.ArrayList;
import java.util.List;

/** Prints configurations in the Go node's form. */
public final class ConfigPrinter {

    private ConfigPrinter() {}

    /**
     * A chain as the API shows it.
     *
     * @param id the chain
     * @param toml its section with defaults, nodes among it
     * @param nodes its endpoints in the order of the files
     */
    public record ChainText(ChainId id, String toml, List<NodeText> nodes) {

        /** Copies the list. */
        public ChainText {
            nodes = List.copyOf(nodes);
        }
    }

    /** An endpoint of a chain as the API shows it: its name, and its section. */
    public record NodeText(String name, String toml) {}

    /** The chains that are switched on, in the order of the files. */
    public static List<ChainText> chains(NodeConfig config) {
        List<ChainText> result = new ArrayList<>();
        List<Section> sections = config.effective().list("EVM");
        for (Section section : sections) {
            if (section.value("Enabled", Boolean.class).orElse(true)) {
                ChainId id = section.value("ChainID", ChainId.class).orElseThrow();
                List<NodeText> nodes = section.list("Nodes").stream()
                        .map(node ->
                                new NodeText(node.value("Name", String.class).orElse(""), TomlPrinter.set(node)))
                        .toList();
                result.add(new ChainText(id, TomlPrinter.set(section), nodes));
            }
        }
        return result;
    }

    /** Every key with its value, defaults among them; secrets are not part of it. */
    public static String effectiveToml(NodeConfig config) {
        return TomlPrinter.complete(config.effective());
    }

    /** What the operator set, merged and in canonical form. */
    public static String inputToml(NodeConfig config) {
        return TomlPrinter.set(config.input());
    }
}
