package io.carabiner.pipeline;

import io.carabiner.primitives.GoQuote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;

/** Makes a pipeline of a graph's text: order, inputs, compiled tasks; and finds everything that is wrong with it. */
final class GraphCompiler {

    /** How many tasks a graph may have. */
    static final int TASKS_LIMIT = 1_000;

    /** Means nothing where the task's attributes could not be read. */
    private static final String NO_TYPE = "unknown task type: \"\"";

    private final DotGraph graph;
    private final List<PipelineFault> faults;
    private final Map<String, Integer> ids = new HashMap<>();
    private final TaskOrder explicit;
    private final TaskOrder all;

    private GraphCompiler(DotGraph graph) {
        this.graph = graph;
        this.faults = new ArrayList<>(graph.faults());
        for (DotGraph.Node node : graph.nodes()) {
            ids.put(node.name(), ids.size());
        }
        this.explicit = new TaskOrder(ids.size());
        this.all = new TaskOrder(ids.size());
    }

    static Pipeline compile(String source) {
        DotGraph graph = DotParser.parse(source);
        GraphCompiler compiler = new GraphCompiler(graph);
        List<CompiledTask> tasks = compiler.compile();
        if (graph.nodes().isEmpty() && graph.faults().isEmpty()) {
            compiler.faults.add(new PipelineFault(0, 0, "empty pipeline"));
        }
        if (!compiler.faults.isEmpty()) {
            throw new PipelineSyntaxException(compiler.faults.stream()
                    .sorted(Comparator.comparingInt(PipelineFault::line).thenComparingInt(PipelineFault::column))
                    .toList());
        }
        return new Pipeline(source, tasks);
    }

    private List<CompiledTask> compile() {
        if (graph.nodes().size() > TASKS_LIMIT) {
            faults.add(new PipelineFault(0, 0, "a pipeline has at most " + TASKS_LIMIT + " tasks"));
            return List.of();
        }
        graph.nodes().forEach(this::checkName);
        graph.edges().forEach(this::addEdge);
        graph.nodes().forEach(this::addReferences);
        List<List<Integer>> cycles = all.cycles();
        if (!cycles.isEmpty()) {
            noteCycles(cycles);
        }
        List<CompiledTask> tasks = compileInOrder();
        checkIndexes(tasks);
        return tasks;
    }

    private void checkName(DotGraph.Node node) {
        if (node.name().equals("input")) {
            fault(node.at(), "'input' is a reserved keyword that cannot be used as a task's name");
        }
        if (node.name().isEmpty() || node.name().indexOf('.') >= 0) {
            fault(
                    node.at(),
                    "the task's name " + GoQuote.quote(node.name())
                            + " must be changed: a name may not be empty and may not hold a dot");
        }
    }

    private void addEdge(DotGraph.Edge edge) {
        if (edge.from().equals(edge.to())) {
            fault(
                    edge.at(),
                    "could not unmarshal DOT into a pipeline.Graph: panic setting edge: simple: adding self edge");
            return;
        }
        explicit.addEdge(id(edge.from()), id(edge.to()));
        all.addEdge(id(edge.from()), id(edge.to()));
    }

    private void addReferences(DotGraph.Node node) {
        for (DotGraph.Attribute attribute : node.attributes().values()) {
            Matcher reference = KeyPath.REFERENCE.matcher(attribute.value());
            while (reference.find()) {
                addReference(
                        node,
                        attribute,
                        KeyPath.of(reference.group(1)).segments().getFirst());
            }
        }
    }

    private void addReference(DotGraph.Node node, DotGraph.Attribute attribute, String name) {
        if (name.equals(node.name())) {
            fault(attribute.at(), "task " + GoQuote.quote(name) + " refers to its own result by $(" + name + ")");
        } else if (ids.containsKey(name)) {
            all.addEdge(id(name), id(node.name()));
        }
    }

    private int id(String name) {
        return ids.getOrDefault(name, -1);
    }

    private void noteCycles(List<List<Integer>> cycles) {
        String components = cycles.stream()
                .map(cycle -> "[" + String.join(" ", names(cycle)) + "]")
                .reduce((a, b) -> a + " " + b)
                .orElse("");
        DotGraph.Node first = graph.nodes().get(cycles.getFirst().getFirst());
        fault(
                first.at(),
                "Unable to topologically sort the graph, cycle detected: topo: no topological ordering: cyclic"
                        + " components: ["
                        + components + "]");
    }

    private List<String> names(List<Integer> cycle) {
        return cycle.stream().map(node -> graph.nodes().get(node).name()).toList();
    }

    private List<CompiledTask> compileInOrder() {
        List<Integer> order = all.order();
        Map<Integer, Integer> places = new HashMap<>();
        order.forEach(node -> places.put(node, places.size()));
        Map<Integer, Integer> indexes = new HashMap<>();
        List<CompiledTask> tasks = new ArrayList<>();
        for (int node : order) {
            tasks.add(compile(node, places, indexes));
        }
        return tasks;
    }

    private CompiledTask compile(int node, Map<Integer, Integer> places, Map<Integer, Integer> indexes) {
        DotGraph.Node written = graph.nodes().get(node);
        Map<String, String> texts = new LinkedHashMap<>();
        written.attributes().forEach((name, attribute) -> texts.put(name, attribute.value()));
        Attributes attributes = new Attributes(texts);
        String type = texts.getOrDefault("type", "");
        int place = places.getOrDefault(node, 0);
        int index = attributes.index();
        indexes.put(place, index);
        PipelineTask task = new PipelineTask(
                place,
                written.name(),
                type.toLowerCase(Locale.ROOT),
                index,
                written.at().line(),
                written.at().column(),
                texts,
                sorted(explicit.before(node), places, indexes),
                sorted(all.before(node), places, Map.of()));
        Task code = TaskTypes.compile(type, attributes);
        CompiledTask compiled =
                CompiledTask.of(task, code, attributes, all.after(node).isEmpty());
        noteFaults(written, attributes);
        return compiled;
    }

    /** In the order of ids; then, if indexes are given, by them. */
    private static List<Integer> sorted(
            Set<Integer> nodes, Map<Integer, Integer> places, Map<Integer, Integer> indexes) {
        return nodes.stream()
                .map(node -> places.getOrDefault(node, 0))
                .sorted(Comparator.comparingInt((Integer place) -> indexes.getOrDefault(place, -1))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private void noteFaults(DotGraph.Node node, Attributes attributes) {
        List<String> decoding = new ArrayList<>();
        for (String fault : attributes.faults()) {
            if (fault.startsWith("cannot parse '") || fault.startsWith("error decoding '")) {
                decoding.add(fault);
            } else {
                if (fault.equals(NO_TYPE) && !graph.faults().isEmpty()) {
                    continue;
                }
                fault(node.at(), fault.startsWith("task type ") ? fault : "UnmarshalTaskFromMap: " + fault);
            }
        }
        if (!decoding.isEmpty()) {
            fault(
                    node.at(),
                    "UnmarshalTaskFromMap: " + decoding.size() + " error(s) decoding:\n\n* "
                            + String.join("\n* ", decoding));
        }
    }

    private void checkIndexes(List<CompiledTask> tasks) {
        Set<Integer> seen = new HashSet<>();
        for (CompiledTask task : tasks) {
            int index = task.task().index();
            if (index > 0 && !seen.add(index)) {
                faults.add(new PipelineFault(
                        task.task().line(), task.task().column(), "duplicate sorting indexes detected"));
            }
        }
    }

    private void fault(DotToken place, String message) {
        faults.add(new PipelineFault(place.line(), place.column(), message));
    }
}
