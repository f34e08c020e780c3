package io.carabiner.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what one file says twice and must not: a chain, a node's name, a node's URL. */
final class Duplicates {

    private Duplicates() {}

    static void find(Section config, Faults faults) {
        List<Section> chains = config.list("EVM");
        var seen = new HashSet<String>();
        for (int i = 0; i < chains.size(); i++) {
            check(chains.get(i), "ChainID", i + ".ChainID", seen, faults);
        }
        for (String key : List.of("Name", "WSURL", "HTTPURL")) {
            var seenInNodes = new HashSet<String>();
            for (int i = 0; i < chains.size(); i++) {
                List<Section> nodes = chains.get(i).list("Nodes");
                for (int j = 0; j < nodes.size(); j++) {
                    String leaf = i + ".Nodes." + j + "." + key;
                    check(nodes.get(j), key, leaf, seenInNodes, faults);
                }
            }
        }
    }

    private static void check(Section section, String key, String leaf, Set<String> seen, Faults faults) {
        Optional<Object> value =
                section.value(key, Object.class).filter(set -> !set.toString().isEmpty());
        if (value.isPresent() && !seen.add(value.get().toString())) {
            faults.add(
                    List.of("EVM"),
                    leaf,
                    "invalid value (" + value.get() + "): duplicate - must be unique",
                    section.positionOf(key));
        }
    }
}
