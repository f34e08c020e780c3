package io.carabiner.pipeline;

import java.util.List;
import java.util.Map;

/**
 * What a graph's text says, before it is known whether it makes sense.
 *
 * @param nodes in the order of their first mention
 * @param faults what could not be read, in the order of the text
 */
record DotGraph(List<Node> nodes, List<Edge> edges, List<PipelineFault> faults) {

    /**
     * A task.
     *
     * @param name after unquoting
     * @param at where it is first named
     * @param attributes by name as written, the last value of each
     */
    record Node(String name, DotToken at, Map<String, Attribute> attributes) {}

    /** A value after unquoting, with the place of the attribute's name. */
    record Attribute(String value, DotToken at) {}

    /** An arrow; the place is that of its end. */
    record Edge(String from, String to, DotToken at) {}
}
